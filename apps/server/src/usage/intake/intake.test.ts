import { MINUTE_MS, sensitive } from '@zhangyi/core'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { linkPatient } from '../../patients/index.ts'
import { Cipher } from '../../platform/crypto/cipher.ts'
import { parseHospitals } from '../../platform/hospitals/hospitals.ts'
import { openSession } from '../../platform/sessions/open-session.ts'
import { openContent } from '../event-content.ts'
import type { UsageTables } from '../tables.ts'
import { type KIOSK, openUsageRoom, signedHeaders, type UsageStack } from '../test-support/open-usage-room.ts'
import { loadIntakeSystems } from './intake-systems.ts'

let database: TestDatabase
let stack: UsageStack
beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openUsageRoom(database)
  return async () => {
    await stack.close()
    await database.drop()
  }
})

const ONE = '/api/v1/usage/events'
const BATCH = '/api/v1/usage/events/batch'
const CARD = `${'8A'.repeat(32)}:1`
let made = 0
const newEvent = (changes: object = {}) => ({
  ...{ key: `K-${++made}`, scene: '0101013', occurredAt: '2026-11-28 11:30:00', qrCodeText: CARD },
  ...{ cardChannel: '0200', ...changes },
})
const rows = () =>
  database.asOwner<UsageTables['usage_event']>(
    `SELECT *, day::text AS day FROM usage_event WHERE source = 'kiosk' ORDER BY id`,
  )
const newRows = async (act: () => Promise<unknown>) => {
  const before = (await rows()).length
  await act()
  return (await rows()).slice(before)
}

test('one event is stored before it is answered, sealed, and due at once', async () => {
  const [stored, ...others] = await newRows(async () => {
    const answer = await stack.push(ONE, newEvent({ appid: 'wx1', openid: 'o1', campus: '东院区' }))
    expect(answer).toMatchObject({ status: 200, body: { result: 'accepted' } })
  })
  expect(others).toEqual([])
  expect(stored).toMatchObject({ source: 'kiosk', scene: '0101013', state: 'pending', day: '2026-11-28' })
  expect(stored?.content?.toString('latin1')).not.toContain(CARD)
  expect(openContent(stack.room.cipher, stored?.content as Buffer)).toEqual({
    report: {
      ...{ qrCodeText: CARD, time: '2026-11-28 11:30:00', hospitalCode: '30613', subHospitalCode: 'E01' },
      ...{ scene: '0101013', cardType: '11', cardChannel: '0200' },
    },
    context: { channelNum: 0, relatedUser: { appid: 'wx1', openid: 'o1' } },
  })
})

test('the same event again is a duplicate; its key for another one is refused', async () => {
  const event = newEvent()
  const stored = await newRows(async () => {
    expect((await stack.push(ONE, event)).body).toEqual({ result: 'accepted' })
    expect((await stack.push(ONE, event)).body).toEqual({ result: 'duplicate' })
    const other = await stack.push(ONE, { ...event, scene: '0101052' })
    expect(other.body).toMatchObject({ result: 'refused', field: 'key' })
  })
  expect(stored).toHaveLength(1)
})

test('a batch keeps what is good of it, and says of the rest which and why', async () => {
  const told = newEvent()
  await stack.push(ONE, told)
  const twice = newEvent()
  const events = [
    newEvent(),
    newEvent({ cardChannel: 'x' }),
    told,
    { ...told, cardChannel: '0100' },
    ...[twice, twice, { ...twice, scene: '0101052' }],
    newEvent({ scene: '0101011', departmentId: 'D-1', departmentName: '心内科' }),
    newEvent({ qrCodeText: undefined, patid: 'P-nobody' }),
    { ...newEvent(), key: '330102199001010012 张三' },
    'text',
  ]
  const stored = await newRows(async () => {
    const { status, body } = await stack.push(BATCH, { events })
    expect(status).toBe(200)
    expect(body).toEqual({
      ...{ accepted: 2, duplicate: 2, refused: 5, parked: 1, noCard: 1 },
      refusals: [
        { index: 1, key: expect.any(String), field: 'cardChannel', message: expect.any(String) },
        { index: 3, key: told.key, field: 'key', message: expect.stringContaining('已经用于') },
        { index: 6, key: twice.key, field: 'key', message: expect.any(String) },
        { index: 9, key: null, field: 'key', message: expect.any(String) },
        { index: 10, key: null, field: 'event', message: expect.any(String) },
      ],
    })
    const again = await stack.push<object>(BATCH, { events: events.slice(0, 9) })
    expect(again.body, 'a lost answer is asked for again').toMatchObject({
      accepted: 0,
      duplicate: 6,
      refused: 3,
    })
  })
  expect(stored.map(({ state }) => state)).toEqual(['pending', 'pending', 'parked', 'no-card'])
  expect(stored[2]).toMatchObject({
    reason: 'department-unmapped',
    department_id: 'D-1',
    department_name: '心内科',
  })
  expect(stack.logLines.join('')).not.toMatch(/330102|张三|P-nobody/)
})

test('an archive leads to the card of the patient who is linked with it, and a mapped department to its code', async () => {
  const { room, hospital } = stack
  const patient = await room.database.inTransaction(hospital.id, async (tx) => {
    const identity = { appid: 'wx1', openid: 'o-li', unionid: undefined }
    const nowMs = room.clock.nowMs()
    await openSession(tx, { identity, channel: 'mini-program', nowMs, hours: 24 })
    const { rows } = await sql<{ user_id: string }>`SELECT user_id FROM session`.execute(tx.sql)
    const userId = rows[0]?.user_id ?? ''
    return linkPatient(tx, room.cipher, {
      userId,
      person: {
        ...{
          name: sensitive('李明华'),
          idType: '01',
          idNumber: sensitive('330102199003078811'),
          gender: '男',
        },
        ...{ birthday: sensitive('1990-03-07'), phone: undefined },
      },
      ...{ relation: '本人', verified: true, patid: 'P-7', visitCard: undefined, nowMs },
      ...{ card: { healthCardId: undefined, qrCodeText: sensitive('li-card:1') }, offerCardLater: false },
      maxPatients: 5,
    })
  })
  await stack.ask('PUT', 'departments', { departmentId: 'D-9', code: '0301' })
  const [stored] = await newRows(async () => {
    const event = {
      scene: '0101012',
      departmentId: 'D-9',
      departmentName: '骨科',
      qrCodeText: undefined,
      patid: 'P-7',
    }
    expect((await stack.push(ONE, newEvent(event))).body).toEqual({ result: 'accepted' })
  })
  expect(stored).toMatchObject({ state: 'pending', patient_id: patient.id })
  expect(openContent(room.cipher, stored?.content as Buffer).report).toMatchObject({
    ...{ qrCodeText: 'li-card:1', department: '0301' },
  })
})

test('what a scene must have and nobody told comes from the hospital’s settings, at any time', async () => {
  const fee = newEvent({ scene: '0101051', departmentId: 'D-77', departmentName: '不需要' })
  const stored = await newRows(async () => {
    await stack.push(ONE, fee)
    await stack.push(ONE, newEvent({ scene: '0101051', cardCostTypes: '0200', department: '0400' }))
    const own = await openUsageRoom(database, {
      ...stack.hospital.usage,
      costType: '0300',
      otherDepartment: '1800',
    })
    expect((await own.push(ONE, fee)).body, 'settings changed, the event did not').toEqual({
      result: 'duplicate',
    })
    await own.push(ONE, newEvent({ scene: '0101011' }))
    await own.push(ONE, newEvent({ scene: '0101011', departmentId: 'D-78', departmentName: '新科室' }))
    await own.close()
  })
  const { cipher } = stack.room
  expect(stored.map(({ content }) => openContent(cipher, content as Buffer).report)).toMatchObject([
    { cardCostTypes: '0100' },
    { cardCostTypes: '0200', department: '0400' },
    { department: '1800' },
    { department: '1800' },
  ])
  const known = await database.asOwner(
    `SELECT department_id FROM usage_department WHERE department_id ~ 'D-7[78]'`,
  )
  expect(known, 'only where a department matters is it put on the list').toEqual([{ department_id: 'D-78' }])
})

test('a thousand in one batch, a thousand and one in none', async () => {
  const events = Array.from({ length: 1_000 }, () => newEvent())
  const stored = await newRows(async () => {
    expect((await stack.push(BATCH, { events })).body).toMatchObject({ accepted: 1_000, refusals: [] })
    expect(await stack.push(BATCH, { events: [...events, newEvent()] })).toMatchObject({ status: 400 })
  })
  expect(stored).toHaveLength(1_000)
})

test('the same keys told at the same moment, by batches in any order and singly, count once each', async () => {
  const events = Array.from({ length: 60 }, () => newEvent())
  const stored = await newRows(() =>
    Promise.all([
      ...[events, events.toReversed(), events].map((list) => stack.push(BATCH, { events: list })),
      ...events.map((event) => stack.push(ONE, event)),
    ]),
  )
  expect(stored).toHaveLength(60)
})

test.each<[string, Readonly<Record<string, string>>]>([
  ['without a key', { 'x-zhangyi-key': '' }],
  ['with an unknown key', { 'x-zhangyi-key': 'somebody' }],
  ['with a wrong signature', { 'x-zhangyi-signature': 'a'.repeat(64) }],
  ['with a time that was not signed', { 'x-zhangyi-timestamp': '1795838401' }],
  ['with a nonce that was not signed', { 'x-zhangyi-nonce': 'other-nonce-1' }],
  ['without a nonce', { 'x-zhangyi-nonce': '' }],
])('a request %s is refused and nothing stored', async (_, headers) => {
  const stored = await newRows(async () => {
    const answer = await stack.push(ONE, newEvent(), headers)
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'signature-refused' } } })
  })
  expect(stored).toEqual([])
})

test('a recorded request is refused: once used, and after five minutes', async () => {
  const payload = Buffer.from(JSON.stringify(newEvent()))
  const headers = signedHeaders(stack.clock.nowMs(), ONE, payload)
  const send = (url = ONE, body = payload) =>
    stack.http.inject({ method: 'POST', url, payload: body, headers })
  expect((await send(ONE, Buffer.from(JSON.stringify(newEvent())))).statusCode, 'another body').toBe(401)
  expect((await send(`${ONE}?x=1`)).statusCode, 'another address').toBe(401)
  expect((await send()).statusCode).toBe(200)
  expect((await send()).statusCode, 'the nonce was used').toBe(401)
  const late = signedHeaders(stack.clock.nowMs() - 5 * MINUTE_MS - 1_000, ONE, payload)
  expect((await stack.http.inject({ method: 'POST', url: ONE, payload, headers: late })).statusCode).toBe(401)
})

test('what is no JSON, no list, or too large is refused', async () => {
  expect(await stack.push(BATCH, '{')).toMatchObject({ status: 400, body: { error: { code: 'bad-input' } } })
  expect(await stack.push(BATCH, { events: [] })).toMatchObject({ status: 400 })
  expect(await stack.push(BATCH, 'x'.repeat(1024 * 1024 + 1))).toMatchObject({ status: 413 })
})

test('after 23:00 it goes at once also by schedule, before it waits for the next run', async () => {
  const own = await openUsageRoom(database, { ...stack.hospital.usage, mode: 'scheduled' })
  const dueOf = async (occurredAt: string) => {
    const [row] = await newRows(() => own.push(ONE, newEvent({ occurredAt })))
    return { dueAtMs: Number(row?.next_action_at_ms), late: row?.after_cutoff }
  }
  own.clock.set('2026-11-28T13:00:00+08:00')
  expect(await dueOf('2026-11-28 12:59:00')).toEqual({
    dueAtMs: Date.parse('2026-11-28T16:00:00+08:00'),
    late: false,
  })
  expect(await dueOf('2026-11-27 23:10:00')).toEqual({ dueAtMs: own.clock.nowMs(), late: true })
  await own.close()
})

test.each<[string, Partial<typeof KIOSK>[], string]>([
  ['two systems with one key id', [{}, { systemId: 'window' as never }], 'keyId'],
  ['one system twice', [{}, { keyId: 'other' as never }], 'systemId'],
  ['a system by the name of our own app', [{ systemId: 'app' as never }], 'systemId'],
])('the server does not start with %s', (_, changes, named) => {
  const { intake, ...usage } = stack.hospital.usage
  const { his, ...hospital } = stack.hospital
  const systems = changes.map((change) => ({ ...intake[0], ...change }))
  const hospitals = parseHospitals(
    {
      hospitals: [{ ...hospital, his: { ...his }, usage: { ...usage, intake: systems } }],
    },
    'test',
  )
  expect(() => loadIntakeSystems(hospitals, new Cipher('ab'.repeat(32)))).toThrow(named)
})
