import { hospitalId, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { openWays } from '../../platform/database/test-support/open-ways.ts'
import { type Desk, ORIGIN, openDoor } from '../../platform/operators/test-support/open-door.ts'
import { signInAs } from '../../platform/operators/test-support/sign-in-as.ts'
import { issueGrant } from '../grants/issue-grant.ts'
import { sealNew, sealOld } from '../personal-data/change-row.ts'
import { changesQuery } from '../personal-data/console/list-changes.ts'
import { registerChangesConsole } from '../personal-data/console/register-changes.ts'
import { type FaceWish, facesQuery } from './list-faces.ts'
import { type GrantWish, grantsQuery } from './list-grants.ts'
import { type OrderWish, ordersQuery } from './list-orders.ts'
import { registerVerificationConsole } from './register-verification-console.ts'

const FIRST = hospitalId('first')
const COUNT = 20_000
/** A page of rows that lie apart, with the way down the index. */
const MOST_BLOCKS = 800

let made: TestDatabase
let door: Awaited<ReturnType<typeof openDoor>>
let desk: Desk
let nowMs: number
beforeAll(async () => {
  made = await createTestDatabase()
  door = await openDoor(made)
  nowMs = door.clock.nowMs()
  registerVerificationConsole(door.http, door.room)
  registerChangesConsole(door.http, {
    ...door.room,
    clients: {} as never,
    jobs: { wake: async () => {} },
  })
  desk = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'he', role: 'operator' }))
  // One a minute into the past; of ten two stopped and one was left on the way.
  await made.asOwner(`
    INSERT INTO app_user SELECT 'first', 'user_' || n, 1 FROM generate_series(0, 99) n;
    INSERT INTO patient (hospital_id, id, user_id, person_index, name, id_type, id_number, gender, birthday, relation,
      is_default, verified, patid, card_state, created_at_ms)
    SELECT 'first', 'pat_' || n, 'user_' || n, '\\x01', '\\x', '01', '\\x', '男', '\\x', '本人', true, true, 'A-' || n,
      'none', n FROM generate_series(0, 99) n;
    INSERT INTO verification (hospital_id, id, user_id, patient_id, purpose, state, reason, trace_id, grant_id,
      created_at_ms, changed_at_ms, expires_at_ms)
    SELECT 'first', 'ver_' || n, 'user_' || n % 100, 'pat_' || n % 100,
      CASE WHEN n % 211 = 5 THEN 'diagnosis' ELSE 'lab-report' END,
      CASE WHEN n % 10 IN (1, 2) THEN 'ways-on' WHEN n % 10 = 3 THEN 'on-platform' ELSE 'granted' END,
      CASE WHEN n % 10 = 1 THEN 'failed' WHEN n % 10 = 2 THEN 'too-many-attempts' END,
      CASE WHEN n % 10 IN (1, 2) THEN 'ZY-' || n END, NULL, at, at, at + 1800000
    FROM generate_series(1, ${COUNT}) n, LATERAL (SELECT ${nowMs} - n * 60000 AS at) t;
    INSERT INTO verification_grant (hospital_id, id, user_id, patient_id, purpose, assurance, source, created_at_ms,
      expires_at_ms, voided_at_ms, void_reason, spent_at_ms, spent_on)
    SELECT 'first', 'grant_' || n, 'user_' || n % 100, 'pat_' || n % 100,
      CASE WHEN n % 300 = 7 THEN 'refund' ELSE 'lab-report' END, CASE WHEN n % 300 = 7 THEN 'face' ELSE 'real-person' END,
      'ver_' || n, at,
      at + 1800000, CASE WHEN n % 500 = 1 THEN at END, CASE WHEN n % 500 = 1 THEN 'operator' END,
      CASE WHEN n % 500 = 2 THEN at END, CASE WHEN n % 500 = 2 THEN 'case_' || n END
    FROM generate_series(1, ${COUNT}) n, LATERAL (SELECT ${nowMs} - n * 60000 AS at) t;
    INSERT INTO face_check (hospital_id, id, user_id, purpose, order_id, method, person, person_index, appid, openid, out_seq_no,
      state, result_code, counts_as_attempt, created_at_ms, expires_at_ms)
    SELECT 'first', 'face_' || n, 'user_' || n % 100,
      CASE WHEN n % 400 = 9 THEN 'platform-order' ELSE 'refund' END, CASE WHEN n % 400 = 9 THEN '\\x01'::bytea END, 'face', '\\x', '\\x01', 'wx1', 'oAbCdEfGhIjKlMnOp',
      'seq_' || n, CASE WHEN n % 50 = 1 THEN 'failed' ELSE 'started' END, CASE WHEN n % 50 = 1 THEN 90199 END,
      n % 50 = 1, ${nowMs} - n * 60000, ${nowMs} FROM generate_series(1, ${COUNT}) n;
    ANALYZE verification; ANALYZE verification_grant; ANALYZE face_check`)
})
afterAll(() => made.drop())

const get = async (path: string) => (await desk.ask('GET', `${path}hospital=first`)).body

test('a verification shows how it went, what is left of the day’s tries, and what an operator can do', async () => {
  await made.asOwner(`INSERT INTO verification_attempt (hospital_id, verification_id, patient_id, purpose, appid, openid, at_ms)
    VALUES ('first', 'ver_11', 'pat_11', 'lab-report', 'wx1', 'o1', ${nowMs - 11 * 60_000})`)
  const one = await get('/verifications/ver_11?')
  expect(one).toMatchObject({
    ...{ stage: 'stopped', traceId: 'ZY-11', ofPatient: { used: 1, most: 5 } },
    steps: [
      { name: '患者确认就诊人，要看检验报告' },
      { name: '打开平台的验证页，或核对兜底信息', note: '计一次' },
      { name: '停下：没有通过，或在平台的页面上放弃了', note: '追踪号 ZY-11' },
    ],
  })
  expect(one.advice).toContain('患者可以再试')
  expect((await get('/verifications?number=ZY-11&')).verifications).toMatchObject([{ id: 'ver_11' }])
  expect((await desk.ask('GET', '/verifications/ver_11?hospital=second')).status).toBe(404)
})

test('a face check says in words what came of it, and shows nobody', async () => {
  const { faceChecks } = await get('/face-checks?number=seq_51&')
  expect(faceChecks).toMatchObject([{ id: 'face_51', state: 'failed', openid: 'oAbC…MnOp', counts: true }])
  expect(faceChecks[0].resultName.length).toBeGreaterThan(5)
})

test('one live grant is voided for a reason, and no other; a second time, and one that is over, are refused', async () => {
  const issue = (source: string) =>
    made.database.inTransaction(FIRST, (tx) =>
      issueGrant(tx, door.room.clock, {
        ...{ userId: 'user_5', subject: { kind: 'patient', patientId: 'pat_5' }, purpose: 'lab-report' },
        ...{ assurance: 'real-person', source, lastsMs: 30 * MINUTE_MS },
      }),
    )
  const [wanted, other] = [await issue('ver_a'), await issue('ver_b')]
  const voiding = { hospital: 'first', reason: '本人来电说不是自己' }
  expect(
    (await desk.ask('POST', `/grants/${wanted.id}/void`, { ...voiding, hospital: 'second' })).status,
  ).toBe(404)
  const { body } = await desk.ask('POST', `/grants/${wanted.id}/void`, voiding)
  expect(body).toMatchObject({ state: 'voided', voidReason: '操作员作废' })
  expect((await get(`/grants?number=${other.id}&`)).grants).toMatchObject([{ state: 'live' }])
  const again = await desk.ask('POST', `/grants/${wanted.id}/void`, voiding)
  expect([again.status, again.code]).toEqual([409, 'verification-wrong-step'])
  expect((await desk.ask('POST', '/grants/grant_900/void', voiding)).code).toBe('verification-wrong-step')
  expect(
    await made.asOwner(`SELECT actor, subject, detail->>'said' AS said FROM audit_entry
      WHERE action = 'verification.grant-voided'`),
  ).toEqual([{ actor: 'operator:he', subject: wanted.id, said: '本人来电说不是自己' }])
})

test('a change that the HIS never answered for is decided by who looked there, once', async () => {
  const { cipher } = door.room
  const store = (id: string, state: string) =>
    made.asOwner(`INSERT INTO personal_data_change VALUES ('first', '${id}', 'user_1', 'pat_1', 'A-1', 'grant_3',
      '\\x${sealOld(cipher, { phone: '13800000218' }).toString('hex')}',
      '\\x${sealNew(cipher, { phone: '13900001234' }).toString('hex')}', '${state}', 12, 'unknown timeout', 1, NULL,
      ${state === 'unknown' ? 1 : 'NULL'})`)
  await store('pdc_1', 'parked')
  await store('pdc_2', 'unknown')
  const { changes } = await get('/personal-data-changes?')
  expect(changes).toMatchObject([
    { id: 'pdc_1', fields: [{ name: '手机号', before: '138****0218', after: '139****1234' }] },
  ])
  const decision = { hospital: 'first', isChanged: true, reason: 'HIS 里已经是新号码' }
  expect((await desk.ask('POST', '/personal-data-changes/pdc_1/decide', decision)).body).toMatchObject({
    state: 'yes',
  })
  for (const id of ['pdc_1', 'pdc_2'])
    expect((await desk.ask('POST', `/personal-data-changes/${id}/decide`, decision)).code, id).toBe(
      'verification-wrong-step',
    )
  const [patient] = await made.asOwner<{ phone: Buffer }>(`SELECT phone FROM patient WHERE id = 'pat_1'`)
  expect(cipher.open(patient?.phone as Buffer, 'patient.phone').reveal()).toBe('13900001234')
  expect(
    await made.asOwner(`SELECT action, actor FROM audit_entry WHERE subject = 'pdc_1' ORDER BY id`),
  ).toEqual([
    { action: 'personal-data.changed', actor: 'operator:he' },
    { action: 'personal-data.change-decided', actor: 'operator:he' },
  ])
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
  const later = `${Date.parse('2026-11-25T12:00:00+08:00')}.x`
  test.each<OrderWish>([
    ...([{}, { before: later }, { stage: 'granted', before: later }, { stage: 'under-way' }] as const),
    ...([{ stage: 'left', before: later }, { reason: 'too-many-attempts' }, { reason: 'no-page' }] as const),
    ...([{ purpose: 'diagnosis' }, { number: 'pat_7' }, { number: 'nobody' }, { to: '2026-11-16' }] as const),
  ])('verifications %o', (wish) => isShort(ordersQuery(FIRST, wish, nowMs, 51)))
  test.each<GrantWish>([
    ...([{}, { before: later }, { state: 'live' }, { state: 'expired' }, { state: 'voided' }] as const),
    ...([
      { state: 'spent' },
      { purpose: 'refund' },
      { assurance: 'fallback' },
      { number: 'user_7' },
    ] as const),
    { number: 'case_502' },
  ])('grants %o', (wish) => isShort(grantsQuery(FIRST, wish, nowMs, 51)))
  test.each<FaceWish>([
    ...([
      {},
      { before: later },
      { state: 'failed' },
      { state: 'unknown' },
      { purpose: 'platform-order' },
    ] as const),
    ...([{ number: 'seq_7' }, { number: 'user_7' }] as const),
  ])('face checks %o', (wish) => isShort(facesQuery(FIRST, wish, 51)))
  test('changes that wait', () => isShort(changesQuery(FIRST, { state: 'parked' }, 51)))
})
