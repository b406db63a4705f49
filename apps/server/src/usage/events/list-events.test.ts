import { DAY_MS, hospitalId, shanghaiDay } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { openWays } from '../../platform/database/test-support/open-ways.ts'
import { eventNumber, parseEventNumber } from './event-number.ts'
import { type EventFilter, eventsQuery, listEvents } from './list-events.ts'

const FIRST = hospitalId('first')
const TODAY = Date.parse('2026-11-28T15:00:00+08:00')
const DAYS = Array.from({ length: 6 }, (_, back) => shanghaiDay(TODAY - (5 - back) * DAY_MS))
const A_DAY = 12_000
const PAGE = 51
/** Blocks of 8 KB; a page of fifty events, with the way down the index of each day. */
const MOST_BLOCKS = 600

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  for (const day of DAYS) await database.database.pool.query('SELECT usage_add_day($1)', [day])
  // One in a thousand of a rare scene and department, one in five hundred of each rare state.
  await database.asOwner(`
    INSERT INTO usage_event (hospital_id, day, source, scene, occurred_at_ms, after_cutoff, content, state, reason,
      department_id, next_action_at_ms, request_id, sent_at_ms, attempts)
    SELECT hospital, day::date, 'app', CASE WHEN n % 1000 = 7 THEN '010109' WHEN n % 3 = 0 THEN '0101011' ELSE '0101082' END,
      ${TODAY} - n, false, '\\x00', state, CASE WHEN state = 'parked' THEN 'refused' END,
      CASE WHEN n % 1000 = 9 THEN 'D-rare' WHEN n % 3 = 0 THEN 'D-' || n % 20 END,
      CASE WHEN state = 'pending' THEN ${TODAY} + n END,
      CASE WHEN state = 'delivered' THEN hospital || '-' || day || '-' || n END, NULL, 0
    FROM unnest(ARRAY[${DAYS.map((day) => `'${day}'`).join()}]) AS day, generate_series(1, ${A_DAY}) AS n,
      unnest(ARRAY['first', 'second']) AS hospital,
      LATERAL (SELECT CASE n % 500 WHEN 1 THEN 'pending' WHEN 2 THEN 'parked' WHEN 3 THEN 'no-card' WHEN 4 THEN 'merged'
        ELSE 'delivered' END AS state) AS fate
    ORDER BY day, n;
    ANALYZE usage_event`)
}, 120_000)
afterAll(() => database.drop())

const list = (filter: EventFilter, limit = PAGE) =>
  database.database.read(FIRST, (tx) => listEvents(tx, filter, limit))
const [FROM = '', , , , YESTERDAY = '', LAST = ''] = DAYS

const FILTERS: readonly (readonly [string, EventFilter])[] = [
  ['nothing but days', { from: FROM, to: LAST }],
  ['one day', { from: YESTERDAY, to: YESTERDAY }],
  ['what is delivered', { state: 'delivered', from: FROM }],
  ['what is to be sent', { state: 'pending', from: FROM }],
  ['what waits for somebody', { state: 'parked' }],
  ['what has no card', { state: 'no-card', from: FROM }],
  ['what was merged, on a day', { state: 'merged', from: YESTERDAY, to: YESTERDAY }],
  ['a frequent scene', { scene: '0101082', from: FROM }],
  ['a rare scene', { scene: '010109', from: FROM }],
  ['a scene that never was', { scene: '0101083', from: FROM }],
  ['a department', { department: 'D-3', from: FROM }],
  ['a rare department', { department: 'D-rare', from: FROM }],
  ['a scene and a state', { scene: '0101082', state: 'no-card', from: FROM }],
]

test.each(FILTERS)('by %s: the same as by looking at each one, page after page', async (_what, filter) => {
  const { state, scene, department, from, to } = filter
  const conditions = [
    ...(state ? [`state = '${state}'`] : []),
    ...(scene ? [`scene = '${scene}'`] : []),
    ...(department ? [`department_id = '${department}'`] : []),
    ...(from ? [`day >= '${from}'`] : []),
    ...(to ? [`day <= '${to}'`] : []),
  ].map((one) => ` AND ${one}`)
  const expected = await database.asOwner<{ day: string; id: string }>(
    `SELECT day::text AS day, id FROM usage_event WHERE hospital_id = 'first' ${conditions.join('')}
     ORDER BY usage_event.day DESC, id DESC LIMIT 80`,
  )
  const first = await list(filter, 40)
  const last = first.at(-1)
  const second = last && first.length === 40 ? await list({ ...filter, before: last }, 40) : []
  expect([...first, ...second].map(eventNumber)).toEqual(
    expected.map(({ day, id }) => eventNumber({ day, id: Number(id) })),
  )
})

test('by the number of an event and by the platform’s Request-ID, of the own hospital only', async () => {
  const [event] = await list({ state: 'delivered', from: FROM }, 1)
  if (!event) throw new Error('no event')
  for (const number of [eventNumber(event), event.request_id ?? ''])
    expect(await list({ number })).toMatchObject([{ day: event.day, id: event.id }])
  expect(await list({ number: `second-${LAST}-17` }), 'of the other hospital').toEqual([])
  expect(await list({ number: 'nothing' })).toEqual([])
  expect(parseEventNumber('20260230-1')).toBeUndefined()
})

test('each way is by an index, and hardly more is read than is shown', async () => {
  const open = await openWays(database.appUrl, 'first')
  const later = { day: YESTERDAY, id: 1_000_000 }
  const ways = [
    ...FILTERS.flatMap(([what, filter]) => [
      [what, filter] as const,
      [`${what}, a later page`, { ...filter, before: later }] as const,
    ]),
    ['a Request-ID', { number: `first-${FROM}-77` }] as const,
    ['a number', { number: eventNumber(later) }] as const,
  ]
  for (const [what, filter] of ways) {
    const { steps, blocks } = await open.of(eventsQuery(FIRST, filter, PAGE))
    // The table of days without one of their own is empty, and a page of it is nothing.
    expect(
      steps.filter(({ type, table, runs }) => type === 'Seq Scan' && runs > 0 && table !== 'other'),
      what,
    ).toEqual([])
    expect(blocks, what).toBeLessThan(MOST_BLOCKS)
  }
  await open.close()
})
