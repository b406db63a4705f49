import { hospitalId, ManualClock } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { openWays } from '../../platform/database/test-support/open-ways.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Cell } from '../../platform/exports/files/cell.ts'
import { type Desk, ORIGIN, openDoor } from '../../platform/operators/test-support/open-door.ts'
import { signInAs } from '../../platform/operators/test-support/sign-in-as.ts'
import { enrolmentsExport } from './enrolments-export.ts'
import { type FlowWish, flowsQuery } from './list-flows.ts'
import { registerEnrolmentConsole } from './register-enrolment-console.ts'

const FIRST = hospitalId('first')
const COUNT = 20_000
const PAGE = 51
/** Of 8 KB; a page of rows that lie apart, with the way down the index. */
const MOST_BLOCKS = 400

let made: TestDatabase
let desk: Desk
let nowMs: number
const woken: string[] = []
beforeAll(async () => {
  made = await createTestDatabase()
  const door = await openDoor(made)
  nowMs = door.clock.nowMs()
  registerEnrolmentConsole(door.http, {
    ...door.room,
    clients: {} as never,
    jobs: { wake: async (_tx, name) => void woken.push(name) },
  })
  desk = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'he', role: 'operator' }))
  // One a minute into the past: of thirty, one each day's hour is under way, most are done, some stopped or were left.
  await made.asOwner(`
    INSERT INTO app_user SELECT h, 'user_' || n, 1 FROM unnest(ARRAY['first', 'second']) h, generate_series(0, 499) n;
    INSERT INTO enrolment_flow (hospital_id, id, user_id, intent, state, reason, trace_id, patient_id,
      created_at_ms, changed_at_ms, expires_at_ms)
    SELECT h, 'flow_' || n, 'user_' || n % 500, CASE WHEN n % 97 = 3 THEN 'upgrade' ELSE 'register' END,
      CASE WHEN n % 10 = 1 THEN 'ways-on' WHEN n % 10 = 2 THEN 'on-platform' ELSE 'done' END,
      CASE WHEN n % 10 <> 1 THEN NULL WHEN n % 4000 = 1 THEN 'his-refused' ELSE 'verify-failed' END,
      CASE WHEN n % 10 = 1 THEN 'ZY-' || n END, CASE WHEN n % 10 NOT IN (1, 2) THEN 'pat_' || n END,
      at, at, at + 1800000
    FROM unnest(ARRAY['first', 'second']) h, generate_series(0, ${COUNT - 1}) n,
      LATERAL (SELECT ${nowMs} - n * 60000 AS at) t;
    INSERT INTO enrolment_step (hospital_id, flow_id, state, reason, code, trace_id, at_ms)
    SELECT 'first', 'flow_' || n, s, r, c, 'ZY-' || n, ${nowMs} - n * 60000
    FROM generate_series(1, ${COUNT - 1}, 10) n,
      (VALUES ('starting', NULL, NULL), ('ways-on', 'his-refused', '1001')) AS v (s, r, c);
    ANALYZE enrolment_flow; ANALYZE enrolment_step`)
})
afterAll(() => made.drop())

const list = async (query: string) => (await desk.ask('GET', `/enrolments?hospital=first${query}`)).body
const ids = (body: { flows: readonly { id: string }[] }) => body.flows.map(({ id }) => id)

test('newest first, page by page, each flow once', async () => {
  const seen: string[] = []
  let next: string | null = ''
  for (let page = 0; page < 3; page++) {
    const body = await list(next === '' ? '' : `&before=${next}`)
    seen.push(...ids(body))
    next = body.next
  }
  expect(seen).toEqual(Array.from({ length: 150 }, (_, n) => `flow_${n}`))
})

test('what stopped says why in plain words, and what was left is not under way', async () => {
  const [stopped] = (await list('&stage=stopped&reason=his-refused')).flows
  expect(stopped).toMatchObject({ id: 'flow_1', reasonName: expect.stringContaining('医院系统没有受理') })
  const underWay = (await list('&stage=under-way')).flows
  expect(underWay.map(({ id }: { id: string }) => id)).toEqual(['flow_2', 'flow_12', 'flow_22'])
  expect(ids(await list('&stage=left')).at(0)).toBe('flow_32')
})

test('found by its own number, its patient’s, its user’s, and by the trace number of the error page', async () => {
  for (const number of ['flow_4001', 'ZY-4001'])
    expect(ids(await list(`&number=${number}`)), number).toEqual(['flow_4001'])
  expect(ids(await list('&number=pat_4003'))).toEqual(['flow_4003'])
  expect(ids(await list('&number=user_7&to=2026-11-28')).slice(0, 2)).toEqual(['flow_7', 'flow_507'])
})

test('taken out of the console: the flows of the list as it is searched, each once, and nobody’s name', async () => {
  const kind = enrolmentsExport({ clock: new ManualClock(nowMs) })
  const inTx = <T>(fn: (tx: Tx) => Promise<T>) => made.database.inTransaction(FIRST, fn)
  const lines: (readonly Cell[])[] = []
  for await (const batch of kind.batches(inTx, { reason: 'his-refused' }, { size: 2, most: 10 }))
    lines.push(...batch)
  expect(lines.map(([id]) => id)).toEqual(ids(await list('&reason=his-refused')))
  expect(lines[0]).toHaveLength(kind.columns.length)
  expect(lines[0]?.slice(3)).toEqual([
    ...['新用户建档', '停下', expect.stringContaining('停下：医院系统'), expect.stringContaining('医院系统')],
    ...['ZY-1', 'user_1', null],
  ])
})

test('one flow shows each step, the code that the other side answered, and what an operator can do', async () => {
  const { body } = await desk.ask('GET', '/enrolments/flow_1?hospital=first')
  expect(body.steps).toMatchObject([
    { state: 'starting', isStop: false, traceId: 'ZY-1' },
    { isStop: true, name: '停下：医院系统没有受理，或档案上是另一个姓名', code: '1001', traceId: 'ZY-1' },
  ])
  expect(body.advice).toContain('请信息科核对')
  expect((await desk.ask('GET', '/enrolments/flow_1x?hospital=first')).status).toBe(404)
})

test('a binding that was given up is tried again for a reason, once, and that stands in the audit', async () => {
  await made.asOwner(`
    INSERT INTO patient (hospital_id, id, user_id, person_index, name, id_type, id_number, gender, birthday, relation,
      is_default, verified, patid, card_state, created_at_ms)
    VALUES ('first', 'pat_bind', 'user_1', '\\x01', '\\x', '01', '\\x', '男', '\\x', '本人', true, true, 'P1', 'none', 1);
    INSERT INTO card_binding VALUES
      ('first', 'pat_bind', 'P1', 'card_1', '\\x', 'parked', 9, 'his: no 1001', NULL)`)
  const { bindings } = (await desk.ask('GET', '/card-bindings?hospital=first')).body
  expect(bindings).toMatchObject([{ patientId: 'pat_bind', problem: '医院系统没有受理（返回码 1001）' }])
  const again = { hospital: 'first', patientId: 'pat_bind', cardId: 'card_1', reason: 'HIS 已修好' }
  expect((await desk.ask('POST', '/card-bindings/again', { ...again, reason: '' })).status).toBe(400)
  expect((await desk.ask('POST', '/card-bindings/again', { ...again, hospital: 'second' })).status).toBe(404)
  expect((await desk.ask('POST', '/card-bindings/again', again)).status).toBe(200)
  expect(woken).toEqual(['enrolment.bind-cards'])
  const second = await desk.ask('POST', '/card-bindings/again', again)
  expect(second.body.error.message).toContain('可能已经有人处理')
  expect(
    await made.asOwner(
      `SELECT actor, subject, detail->>'reason' AS reason FROM audit_entry WHERE action = 'enrolment.bound-again'`,
    ),
  ).toEqual([{ actor: 'operator:he', subject: 'pat_bind', reason: 'HIS 已修好' }])
})

describe('the way to them', () => {
  let ways: Awaited<ReturnType<typeof openWays>>
  beforeAll(async () => {
    ways = await openWays(made.appUrl, 'first')
    return () => ways.close()
  })
  const later = `${Date.parse('2026-11-25T12:00:00+08:00')}.flow_9`
  test.each<FlowWish>([
    {},
    { before: later },
    { stage: 'done', before: later },
    { stage: 'under-way' },
    { stage: 'left', before: later },
    { stage: 'stopped' },
    { reason: 'his-refused' },
    { reason: 'other-person' },
    { intent: 'upgrade' },
    { number: 'ZY-4001' },
    { number: 'user_7' },
    { number: 'nobody' },
    { from: '2026-11-20', to: '2026-11-20' },
    { stage: 'stopped', from: '2026-11-20', to: '2026-11-20' },
  ])('%o: by an index, and hardly more is read than is shown', async (wish) => {
    const way = await ways.of(flowsQuery(FIRST, wish, nowMs, PAGE))
    expect(way.scansWhole).toBe(false)
    expect(way.blocks).toBeLessThan(MOST_BLOCKS)
  })
})
