import { hospitalId, newId, sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../tests/setup/test-database.ts'
import { Cipher } from '../platform/crypto/cipher.ts'
import type { Database } from '../platform/database/database.ts'
import { chooseDefault } from './choose-default.ts'
import { acceptConsent, requireConsent, withdrawConsent } from './consent.ts'
import { linkPatient, type PatientToLink } from './link-patient.ts'
import { findPatient, listPatients } from './list-patients.ts'
import type { PatientsTables } from './tables.ts'
import { unlinkPatient } from './unlink-patient.ts'

const HOSPITAL = hospitalId('demo')
const CIPHER = new Cipher('ab'.repeat(32))
const NOW = 1_795_000_000_000

async function newUser(database: Database): Promise<string> {
  const id = newId('user')
  await database.inTransaction(HOSPITAL, (tx) =>
    tx.sql
      .withTables<PatientsTables & { app_user: { created_at_ms: number } }>()
      .insertInto('app_user')
      .values({ hospital_id: HOSPITAL, id, created_at_ms: NOW })
      .execute(),
  )
  return id
}

function person(userId: string, digits: string, changes: Partial<PatientToLink> = {}): PatientToLink {
  return {
    userId,
    person: {
      name: sensitive('李明华'),
      idType: '01',
      idNumber: sensitive(digits),
      gender: '男',
      birthday: sensitive('1990-01-01'),
      phone: undefined,
    },
    relation: '本人',
    verified: false,
    patid: `P-${digits}`,
    visitCard: undefined,
    card: undefined,
    offerCardLater: false,
    maxPatients: 3,
    nowMs: NOW,
    ...changes,
  }
}

const CARD = { healthCardId: 'f'.repeat(64), qrCodeText: sensitive(`${'f'.repeat(64)}:1`) }

test('the first patient is the default one; unlinking it makes the next one the default', async () => {
  const { database } = await testDatabase()
  const user = await newUser(database)
  const link = (digits: string) =>
    database.inTransaction(HOSPITAL, (tx) => linkPatient(tx, CIPHER, person(user, digits)))
  const first = await link('1')
  const second = await link('2')
  expect([first.is_default, second.is_default]).toEqual([true, false])
  await database.inTransaction(HOSPITAL, (tx) => unlinkPatient(tx, user, first.id, NOW))
  const left = await database.inTransaction(HOSPITAL, (tx) => listPatients(tx, user))
  expect(left.map(({ id, is_default }) => [id, is_default])).toEqual([[second.id, true]])
})

test('choosing a default leaves exactly one', async () => {
  const { database } = await testDatabase()
  const user = await newUser(database)
  const rows = await database.inTransaction(HOSPITAL, async (tx) => {
    await linkPatient(tx, CIPHER, person(user, '1'))
    const second = await linkPatient(tx, CIPHER, person(user, '2'))
    await chooseDefault(tx, user, second.id)
    return { second, all: await listPatients(tx, user) }
  })
  expect(rows.all.filter(({ is_default }) => is_default).map(({ id }) => id)).toEqual([rows.second.id])
})

test('linking the same person again updates, and never takes away a verification or a card', async () => {
  const { database } = await testDatabase()
  const user = await newUser(database)
  const link = (changes: Partial<PatientToLink>) =>
    database.inTransaction(HOSPITAL, (tx) => linkPatient(tx, CIPHER, person(user, '1', changes)))
  const carded = await link({ verified: true, card: CARD })
  const again = await link({ relation: '父母' })
  expect(again).toMatchObject({ id: carded.id, verified: true, card_state: 'linked', relation: '父母' })
})

test('the limit holds when the last places are taken at the same moment', async () => {
  const { database } = await testDatabase()
  const user = await newUser(database)
  const results = await Promise.allSettled(
    ['1', '2', '3', '4', '5', '6'].map((digits) =>
      database.inTransaction(HOSPITAL, (tx) => linkPatient(tx, CIPHER, person(user, digits))),
    ),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  const refused = results.filter((result) => result.status === 'rejected')
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'patient-limit' })
  expect(await database.inTransaction(HOSPITAL, (tx) => listPatients(tx, user))).toHaveLength(3)
})

test("another user's patient is not found", async () => {
  const { database } = await testDatabase()
  const [mine, theirs] = [await newUser(database), await newUser(database)]
  const patient = await database.inTransaction(HOSPITAL, (tx) => linkPatient(tx, CIPHER, person(theirs, '1')))
  expect(await database.inTransaction(HOSPITAL, (tx) => findPatient(tx, mine, patient.id))).toBeUndefined()
})

test('name, number and birthday lie sealed in the database', async () => {
  const { database } = await testDatabase()
  const user = await newUser(database)
  await database.inTransaction(HOSPITAL, (tx) =>
    linkPatient(tx, CIPHER, person(user, '330102199001012217', { card: CARD })),
  )
  const [row] = await database.inTransaction(HOSPITAL, (tx) => listPatients(tx, user))
  const stored = Object.values(row ?? {})
    .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
    .join('|')
  for (const secret of ['李明华', '1990-01-01', '0102199001012217:']) expect(stored).not.toContain(secret)
})

test('consent: asked for, given, withdrawn, given again', async () => {
  const { database } = await testDatabase()
  const user = await newUser(database)
  await database.inTransaction(HOSPITAL, async (tx) => {
    await expect(requireConsent(tx, user)).rejects.toMatchObject({ code: 'consent-required' })
    await acceptConsent(tx, user, NOW)
    await requireConsent(tx, user)
    await withdrawConsent(tx, user, NOW + 1)
    await expect(requireConsent(tx, user)).rejects.toMatchObject({ code: 'consent-required' })
    await acceptConsent(tx, user, NOW + 2)
    await requireConsent(tx, user)
  })
})
