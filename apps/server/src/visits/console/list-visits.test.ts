import { hospitalId, ManualClock } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { Cipher } from '../../platform/crypto/cipher.ts'
import { openWays } from '../../platform/database/test-support/open-ways.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { Cell } from '../../platform/exports/files/cell.ts'
import { placeMade, timesOf } from '../../platform/operators/list-page.ts'
import { findTroubles } from './find-troubles.ts'
import { findVisitIds, listVisits, type VisitFilter, visitsQuery } from './list-visits.ts'
import { visitsExport } from './visits-export.ts'

const FIRST = hospitalId('first')
/** Shortly before midnight: half of them fall on the day after. */
const AT = Date.parse('2026-11-28T23:59:53+08:00')
const COUNT = 40_000
const PAGE = 51
const MOST_BLOCKS = 1_200

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  // One in a thousand is in doubt, one in two thousand refused; many of the same millisecond.
  await database.asOwner(`
    SET session_replication_role = replica;
    INSERT INTO visit_order (hospital_id, id, kind, state, user_id, appid, openid, channel, patient_id, patid, slot_id,
      fee_fen, content, question, answer, asked_at_ms, his_number, succeeded_at_ms, last_problem, next_action_at_ms,
      created_at_ms, changed_at_ms)
    SELECT hospital, 'visit_' || lpad(to_hex(n), 32, '0'), kind, state, 'u', 'a', 'o', 'mini-program', 'p', 'p',
      CASE WHEN kind <> 'outpatient-fee' THEN 's' || n END, 1200, '\\x00', '\\x00', '\\x00', ${AT} + n / 3,
      CASE WHEN state = 'done' THEN 'H' || n END, CASE WHEN state = 'done' THEN 1 END,
      CASE WHEN state = 'posting' AND n % 2000 = 1 THEN 'unknown foreign-answer' END,
      CASE WHEN state = 'posting' THEN ${AT} END, ${AT} + n / 3, ${AT} + n / 3
    FROM generate_series(1, ${COUNT}) AS n, unnest(ARRAY['first', 'second']) AS hospital,
      LATERAL (SELECT CASE n % 3 WHEN 0 THEN 'appointment' WHEN 1 THEN 'same-day' ELSE 'outpatient-fee' END AS kind,
        CASE WHEN n % 1000 = 1 THEN 'posting' WHEN n % 2000 = 2 THEN 'refunding' ELSE 'done' END AS state) AS fate;
    ANALYZE visit_order`)
}, 120_000)
afterAll(() => database.drop())

const list = (filter: VisitFilter, limit = PAGE) =>
  database.database.read(FIRST, (tx) => listVisits(tx, filter, limit))
const FILTERS: readonly (readonly [string, VisitFilter])[] = [
  ['nothing', {}],
  ['a kind', { kind: 'same-day' }],
  ['a frequent state', { state: 'done' }],
  ['a rare state', { state: 'refunding' }],
  ['a state that never was', { state: 'cancelled' }],
  ['a kind and a rare state', { kind: 'outpatient-fee', state: 'posting' }],
  ['a day', { from: '2026-11-28', to: '2026-11-28' }],
  ['a state on a day', { state: 'posting', from: '2026-11-28', to: '2026-11-28' }],
  ['some of them', { ids: ['visit_00000000000000000000000000000007', 'visit_none'], kind: 'same-day' }],
]

test.each(FILTERS)('by %s: the same as by looking at each one, page after page', async (_what, filter) => {
  const { kind, state, ids } = filter
  const { fromMs, untilMs } = timesOf(filter)
  const conditions = [
    ...(kind ? [`kind = '${kind}'`] : []),
    ...(state ? [`state = '${state}'`] : []),
    ...(fromMs ? [`created_at_ms >= ${fromMs}`] : []),
    ...(untilMs ? [`created_at_ms < ${untilMs}`] : []),
    ...(ids ? [`id IN (${ids.map((id) => `'${id}'`).join()})`] : []),
  ].map((one) => ` AND ${one}`)
  const expected = await database.asOwner<{ id: string }>(
    `SELECT id FROM visit_order WHERE hospital_id = 'first' ${conditions.join('')}
     ORDER BY created_at_ms DESC, id DESC LIMIT 80`,
  )
  const first = await list(filter, 40)
  const last = first.at(-1)
  const second = last && first.length === 40 ? await list({ ...filter, before: placeMade(last) }, 40) : []
  expect([...first, ...second].map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
})

test('by the number of the order and of the HIS, of the own hospital only; what is in doubt is found', async () => {
  const [one] = await list({ state: 'done' }, 1)
  for (const number of [one?.id ?? '', one?.his_number ?? ''])
    expect(await database.database.read(FIRST, (tx) => findVisitIds(tx, number))).toEqual([one?.id])
  const elsewhere = await database.database.read(hospitalId('third'), (tx) => findVisitIds(tx, one?.id ?? ''))
  expect(elsewhere).toEqual([])
  const troubles = await database.database.inTransaction(FIRST, (tx) => findTroubles(tx, AT + 60_000))
  expect([...troubles.values()]).toEqual(Array(COUNT / 2_000).fill('foreign-answer'))
  const later = await database.database.inTransaction(FIRST, (tx) => findTroubles(tx, AT + 3 * 3_600_000))
  expect(later.size).toBe(COUNT / 1_000)
})

test('taken out of the console: the rows of the list as it is searched, each once', async () => {
  const kind = visitsExport({ cipher: new Cipher('ab'.repeat(32)), clock: new ManualClock(AT + 60_000) })
  const inTx = <T>(fn: (tx: Tx) => Promise<T>) => database.database.inTransaction(FIRST, fn)
  const lines: (readonly Cell[])[] = []
  for await (const batch of kind.batches(inTx, { state: 'refunding' }, { size: 7, most: 100 }))
    lines.push(...batch)
  const rows = await list({ state: 'refunding' })
  expect(lines.map(([id]) => id)).toEqual(rows.map(({ id }) => id))
  expect(lines[0]).toHaveLength(kind.columns.length)
  expect(lines[0]?.slice(2, 8)).toEqual([
    ...['当日挂号', '—', '内容打不开（换过主密钥）', 1_200, '未办成，退款中', null],
  ])
  const troubles = kind.batches(inTx, { state: 'trouble' }, { size: 100, most: 100 })
  expect((await troubles.next()).value).toHaveLength(COUNT / 2_000)
})

test('each way is by an index, and hardly more is read than is shown', async () => {
  const ways = await openWays(database.appUrl, 'first')
  const before = `${AT + 9_000}.visit_x`
  for (const [what, filter] of FILTERS.flatMap(([what, filter]) => [
    [what, filter] as const,
    [`${what}, a later page`, { ...filter, before }] as const,
  ])) {
    const { scansWhole, blocks } = await ways.of(visitsQuery(FIRST, filter, PAGE))
    expect(scansWhole, what).toBe(false)
    expect(blocks, what).toBeLessThan(MOST_BLOCKS)
  }
  await ways.close()
})
