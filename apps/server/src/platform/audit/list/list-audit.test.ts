import { DAY_MS, hospitalId } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { openWays } from '../../database/test-support/open-ways.ts'
import { timesOf } from '../../operators/list-page.ts'
import { SEED_FROM_MS, seedAudit } from '../test-support/seed-audit.ts'
import { type AuditWish, auditPlace, auditWish } from './audit-wish.ts'
import { auditQuery, listAudit } from './list-audit.ts'

const FIRST = hospitalId('first')
const COUNT = 200_000
const PAGE = 51
/** Blocks of 8 KB; a page of fifty entries of some thirty actions, each with its way down the index. */
const MOST_BLOCKS = 1_500

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await seedAudit(database, { count: COUNT })
  await seedAudit(database, { hospital: 'second', count: 1_000 })
  await database.asOwner('ANALYZE audit_entry')
})
afterAll(() => database.drop())

const list = (wish: AuditWish, limit: number) =>
  database.database.read(FIRST, (tx) => listAudit(tx, wish, limit))

const FILTERS: readonly (readonly [string, AuditWish])[] = [
  ['nothing', {}],
  ['a user', { actor: 'user:77' }],
  ['a busy actor', { actor: 'system:payments' }],
  ['a frequent action', { action: 'records.' }],
  ['a rare action', { action: 'refunds.reissued' }],
  ['a busy actor and an action it never did', { actor: 'system:payments', action: 'refunds.' }],
  ['a rare actor and action', { actor: 'operator:wang-3', action: 'refunds.' }],
  ['an action that nobody ever did', { action: 'zebra' }],
  ['a subject', { subject: 'subject_777' }],
  ['a subject and an action', { subject: 'subject_777', action: 'records.' }],
  ['a trace', { traceId: 'trace_777' }],
  ['days', { from: '2026-11-29', to: '2026-11-29' }],
  ['days before there was anything', { to: '2026-11-01' }],
  ['a rare action on a day', { action: 'refunds.reissued', from: '2026-11-29', to: '2026-11-29' }],
]

describe('entries that fit', () => {
  test.each(FILTERS)('by %s are the same as by looking at each one', async (_what, wish) => {
    const { actor, action, subject, traceId } = wish
    const { fromMs, untilMs } = timesOf(wish)
    const conditions = [
      ...(actor === undefined ? [] : [`actor = '${actor}'`]),
      ...(action === undefined ? [] : [`action LIKE '${action}%'`]),
      ...(subject === undefined ? [] : [`subject = '${subject}'`]),
      ...(traceId === undefined ? [] : [`trace_id = '${traceId}'`]),
      ...(fromMs === undefined ? [] : [`at_ms >= ${fromMs}`]),
      ...(untilMs === undefined ? [] : [`at_ms < ${untilMs}`]),
    ].map((condition) => ` AND ${condition}`)
    const expected = await database.asOwner<{ id: string }>(
      `SELECT id FROM audit_entry WHERE hospital_id = 'first' ${conditions.join('')} ORDER BY at_ms DESC, id DESC LIMIT 120`,
    )
    const one = await list(wish, 60)
    const last = one.at(-1)
    const two = last && one.length === 60 ? await list({ ...wish, before: auditPlace(last) }, 60) : []
    expect([...one, ...two].map(({ id }) => id)).toEqual(expected.map(({ id }) => Number(id)))
  })

  test('entries of one moment are neither missed nor shown twice between pages', async () => {
    await database.asOwner(`INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id)
      SELECT 'first', ${SEED_FROM_MS - DAY_MS}, 'user:same', 'records.viewed', 'x', '-' FROM generate_series(1, 130)`)
    const seen: number[] = []
    for (let before: string | undefined; ; ) {
      const rows = await list({ actor: 'user:same', before }, 50)
      seen.push(...rows.map(({ id }) => id))
      const last = rows.at(-1)
      if (!last) break
      before = auditPlace(last)
    }
    expect(new Set(seen).size).toBe(130)
    expect(seen).toHaveLength(130)
  })

  test('days that do not exist, or end before they begin, are refused', () => {
    expect(auditWish.safeParse({ from: '2026-02-30' }).success).toBe(false)
    expect(auditWish.safeParse({ to: 'yesterday' }).success).toBe(false)
    expect(() => auditQuery(FIRST, { from: '2026-11-29', to: '2026-11-28' }, PAGE)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })
})

describe('the way to them', () => {
  let ways: Awaited<ReturnType<typeof openWays>>
  beforeAll(async () => {
    ways = await openWays(database.appUrl, 'first')
    return () => ways.close()
  })

  const pages = FILTERS.flatMap(([what, wish]) => [
    [`${what}, first page`, wish] as const,
    [`${what}, a later page`, { ...wish, before: `${SEED_FROM_MS + 100_000_000}.150000` }] as const,
  ])
  test.each(pages)('%s: by an index, and hardly more is read than is shown', async (_what, wish) => {
    const way = await ways.of(auditQuery(FIRST, wish, PAGE))
    expect(way.scansWhole).toBe(false)
    expect(way.steps.some(({ type }) => /Index (Only )?Scan/.test(type))).toBe(true)
    expect(way.blocks).toBeLessThan(MOST_BLOCKS)
  })
})
