import { checkCharacter, hospitalId, sensitive } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { openWays } from '../../platform/database/test-support/open-ways.ts'
import { type Desk, ORIGIN, openDoor } from '../../platform/operators/test-support/open-door.ts'
import { signInAs } from '../../platform/operators/test-support/sign-in-as.ts'
import { linkPatient, type PatientToLink } from '../link-patient.ts'
import type { PatientRow } from '../tables.ts'
import {
  isUnconfirmedArchive,
  markUnconfirmedArchive,
  markUnconfirmedPerson,
} from '../unconfirmed-archive.ts'
import { type PatientWish, patientsQuery, peopleQuery } from './find-people.ts'
import { registerPatientsConsole } from './register-patients-console.ts'

const FIRST = hospitalId('first')
/** A page of rows that lie apart, with the way down the index. */
const MOST_BLOCKS = 500

// Made up; its 15-digit form is the same person's.
const ID_NUMBER = `33010219900101221${checkCharacter('33010219900101221')}`

let made: TestDatabase
let door: Awaited<ReturnType<typeof openDoor>>
let desk: Desk
let li: PatientRow
let foreigner: PatientRow
beforeAll(async () => {
  made = await createTestDatabase()
  door = await openDoor(made)
  registerPatientsConsole(door.http, door.room)
  const sealed = (field: string) =>
    `\\x${door.room.cipher.seal('某某某', `patient.${field}`).toString('hex')}`
  desk = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'he', role: 'operator' }))
  await made.asOwner(`
    INSERT INTO app_user SELECT 'first', 'user_' || n, 1 FROM generate_series(0, 99) n;
    INSERT INTO wechat_identity VALUES ('first', 'wx1', 'oAbCdEfGhIjKlMnOpQrSt', NULL, 'user_1', 1);
    INSERT INTO consent VALUES ('first', 'user_1', '2026-11', 5, NULL);
    INSERT INTO patient (hospital_id, id, user_id, person_index, name, id_type, id_number, gender, birthday, relation,
      is_default, verified, patid, card_state, created_at_ms, name_index, phone_index)
    SELECT 'first', 'pat_' || n, 'user_' || n % 50 + 50, sha256(n::text::bytea), '${sealed('name')}', '01',
      '${sealed('id_number')}', '男', '${sealed('birthday')}', '本人',
      false, n % 10 > 0, 'A-' || n, 'none', n, sha256((n % 3000)::text::bytea), sha256(n::text::bytea)
    FROM generate_series(1, 20000) n;
    ANALYZE patient`)
  li = await link({})
  foreigner = await link({
    ...{ userId: 'user_2', verified: false, patid: 'P-2', visitCard: undefined },
    nowMs: door.clock.nowMs() + 1,
    person: { ...PERSON, name: sensitive('Anna Petrova'), idType: '03', idNumber: sensitive('E12345678') },
  })
})
afterAll(() => made.drop())

const PERSON: PatientToLink['person'] = {
  ...{ name: sensitive('李明华'), idType: '01', idNumber: sensitive(ID_NUMBER) },
  ...{ gender: '男', birthday: sensitive('1990-01-01'), phone: sensitive('13800000218') },
}
function link(changes: Partial<PatientToLink>): Promise<PatientRow> {
  return made.database.inTransaction(FIRST, (tx) =>
    linkPatient(tx, door.room.cipher, {
      ...{ userId: 'user_1', person: PERSON, relation: '本人', verified: true, patid: 'P-1' },
      ...{ visitCard: sensitive('0000123420931'), card: undefined, offerCardLater: false },
      ...{ maxPatients: 5, nowMs: door.clock.nowMs(), ...changes },
    }),
  )
}

const found = async (by: string, text: string) =>
  (await desk.ask('POST', '/patients/search', { hospital: 'first', by, text })).body.patients.map(
    ({ id }: { id: string }) => id,
  )

test('lists and details are masked, and looking at one stands in the audit', async () => {
  const list = (await desk.ask('GET', '/patients?hospital=first')).body
  expect(list.patients).toHaveLength(50)
  const detail = (await desk.ask('GET', `/patients/${li.id}?hospital=first`)).body
  expect(detail).toMatchObject({
    ...{
      name: '李*华',
      idNumber: `330102********${ID_NUMBER.slice(-4)}`,
      phone: '138****0218',
      visitCard: '****0931',
    },
    identities: [{ openid: 'oAbC…QrSt' }],
    consents: [{ version: '2026-11', withdrawnAtMs: null }],
  })
  for (const told of [list, detail])
    expect(JSON.stringify(told)).not.toMatch(/李明华|19900101221|13800000218|0000123420931/)
  expect(await made.asOwner(`SELECT actor FROM audit_entry WHERE action = 'patients.seen'`)).toEqual([
    { actor: 'operator:he' },
  ])
})

test('found by what is no person’s in the address: card, archive, own numbers', async () => {
  for (const number of ['0000123420931', 'P-1', li.id, 'user_1'])
    expect(
      (await desk.ask('GET', `/patients?hospital=first&number=${number}`)).body.patients,
      number,
    ).toMatchObject([{ id: li.id }])
})

test('document, name and phone are found by a body only, and none of it is kept anywhere', async () => {
  expect(await found('idNumber', '330102900101221')).toEqual([li.id])
  expect(await found('idNumber', ` ${ID_NUMBER} `)).toEqual([li.id])
  expect(await found('idNumber', 'e12345678')).toEqual([foreigner.id])
  expect(await found('name', '李明华')).toEqual([li.id])
  expect(await found('name', '李明')).toEqual([])
  expect(await found('phone', '138 0000 0218')).toEqual([foreigner.id, li.id])
  const audit = await made.asOwner<{ detail: object }>(
    `SELECT detail FROM audit_entry WHERE action = 'patients.searched'`,
  )
  expect(audit).toHaveLength(6)
  expect(audit[0]?.detail).toEqual({ by: 'idNumber', found: 1 })
  expect(JSON.stringify(audit) + door.logLines.join('')).not.toMatch(/李明|12345678|13800000218|19900101221/)
})

test('in full only for who may, with a reason that the audit keeps', async () => {
  const path = `/patients/${li.id}/unmask`
  expect((await desk.ask('POST', path, { hospital: 'first', reason: ' ' })).status).toBe(400)
  expect((await desk.ask('POST', path, { hospital: 'second', reason: '患者来电核对' })).status).toBe(404)
  const { body } = await desk.ask('POST', path, { hospital: 'first', reason: '患者来电核对' })
  expect(body).toEqual({
    ...{ name: '李明华', idNumber: ID_NUMBER, phone: '13800000218', birthday: '1990-01-01' },
    visitCard: '0000123420931',
  })
  expect(
    await made.asOwner(
      `SELECT subject, detail->>'reason' AS reason FROM audit_entry WHERE action = 'patients.unmasked'`,
    ),
  ).toEqual([{ subject: li.id, reason: '患者来电核对' }])
  const other = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'zhao', role: 'hospital' }))
  expect((await other.ask('POST', path, { hospital: 'first', reason: '想看看' })).code).toBe(
    'operator-forbidden',
  )
})

describe('archives that nobody confirmed', () => {
  const waiting = async (state = 'waiting') =>
    (await desk.ask('GET', `/unconfirmed-archives?hospital=first&state=${state}`)).body.archives
  const isUnconfirmed = (row: PatientRow) =>
    made.database.inTransaction(FIRST, (tx) => isUnconfirmedArchive(tx, row))
  const decide = (what: 'confirm' | 'refuse', patid: string) =>
    desk.ask('POST', `/unconfirmed-archives/${what}`, {
      hospital: 'first',
      patid,
      reason: '带护照到窗口核对过',
    })

  test('who has no resident ID card waits for an operator, whose word confirms the archive once', async () => {
    const nowMs = door.clock.nowMs()
    await made.database.inTransaction(FIRST, async (tx) => {
      await markUnconfirmedArchive(tx, { patid: 'P-2', needsOperator: true }, nowMs)
      await markUnconfirmedArchive(tx, { patid: 'P-9', needsOperator: false }, nowMs)
    })
    expect(await waiting()).toMatchObject([
      { patid: 'P-2', patient: { name: 'A**********a', idType: '护照' } },
    ])
    expect(await waiting('own')).toMatchObject([{ patid: 'P-9', patient: null }])
    expect((await decide('confirm', 'P-2')).status).toBe(200)
    expect(await isUnconfirmed(foreigner)).toBe(false)
    expect(await waiting()).toEqual([])
    const again = await decide('confirm', 'P-2')
    expect([again.status, again.body.error.message]).toEqual([404, expect.stringContaining('同事处理了')])
    expect(
      await made.asOwner(`SELECT subject FROM audit_entry WHERE action = 'patients.archive-confirmed'`),
    ).toEqual([{ subject: 'P-2' }])
  })

  test('one that was asked for without an answer waits as soon as its number is known; refused, it stays unconfirmed', async () => {
    const idNumber = sensitive('F7654321')
    const person = { ...PERSON, name: sensitive('Ivan'), idType: '03' as const, idNumber }
    const before = await link({ userId: 'user_3', verified: false, patid: 'P-3', person })
    expect(await waiting()).toEqual([])
    await made.database.inTransaction(FIRST, (tx) =>
      markUnconfirmedPerson(tx, before.person_index, 'flow_1', door.clock.nowMs()),
    )
    await link({ userId: 'user_4', verified: false, patid: 'P-3', person })
    expect(await waiting()).toMatchObject([{ patid: 'P-3' }])
    expect((await decide('refuse', 'P-3')).status).toBe(200)
    expect(await waiting()).toEqual([])
    expect(await waiting('refused')).toMatchObject([{ patid: 'P-3', refusedBy: 'he' }])
    expect(await isUnconfirmed(before)).toBe(true)
    expect((await desk.ask('GET', `/patients/${before.id}?hospital=first`)).body.confirmation).toBe('refused')
  })
})

describe('the way to them', () => {
  let ways: Awaited<ReturnType<typeof openWays>>
  beforeAll(async () => {
    ways = await openWays(made.appUrl, 'first')
    return () => ways.close()
  })
  const isShort = async (query: Parameters<typeof ways.of>[0]) => {
    const way = await ways.of(query)
    expect(way.scansWhole).toBe(false)
    expect(way.blocks).toBeLessThan(MOST_BLOCKS)
  }
  test.each<PatientWish>([
    {},
    { before: '10000.pat_10000' },
    { state: 'verified' },
    { state: 'unverified', before: '10000.pat_10000' },
    { state: 'unlinked' },
    { number: 'A-777' },
    { number: 'nobody' },
    { to: '2020-01-01' },
  ])('%o: by an index', (wish) => isShort(patientsQuery(FIRST, door.room.cipher, wish, 51)))
  test.each(['idNumber', 'name', 'phone'] as const)('by %s: by an index', (by) =>
    isShort(peopleQuery(FIRST, door.room.cipher, { by, text: '13800000218' }, door.clock.nowMs(), 51)),
  )
})
