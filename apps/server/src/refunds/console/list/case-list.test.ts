import { hospitalId, ManualClock, sensitive } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { Cipher } from '../../../platform/crypto/cipher.ts'
import { openWays, statementsOf } from '../../../platform/database/test-support/open-ways.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import type { Cell } from '../../../platform/exports/files/cell.ts'
import { sealCasePerson } from '../../cases/case-person.ts'
import type { CaseFilter } from './case-filter.ts'
import { findByNumber } from './find-by-number.ts'
import { listCases } from './list-cases.ts'
import { refundsExport } from './refunds-export.ts'

const FIRST = hospitalId('first')
const AT = Date.parse('2026-11-28T12:00:00+08:00')
const CASES = 60_000
const MINUTE_MS = 60_000
/** Blocks of 8 KB: a page of fifty, each with its way down two indexes. */
const MOST_BLOCKS = 1_200

const room = { cipher: new Cipher('ab'.repeat(32)), clock: new ManualClock(AT) }
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await seed()
})
afterAll(() => database.drop())

/** One a minute, nearly all of them paid; every hundredth is one-sided, every fortieth waits for its patient. */
async function seed(): Promise<void> {
  const person = sealCasePerson(room.cipher, { name: sensitive('张小三'), cardNumber: undefined }).toString(
    'hex',
  )
  const state = `CASE WHEN n % 100 = 0 THEN 'one-sided' WHEN n % 40 = 1 THEN 'paying' ELSE 'paid' END`
  const at = `${AT}::bigint - n * ${MINUTE_MS}::bigint`
  await database.asOwner(`
    SET session_replication_role = replica;
    INSERT INTO refund_case (hospital_id, id, way, user_id, appid, openid, channel, patid, person, request_key, amount_fen,
        balance_fen, state, created_at_ms, closed_at_ms)
      SELECT 'first', 'case_' || n, CASE WHEN n % 7 = 0 THEN 'original' ELSE 'face' END, 'user', 'app', 'open',
        'mini-program', 'P' || n, '\\x${person}', 'key' || n, 100, 100, 'closed', ${at}, ${at}
      FROM generate_series(1, ${CASES}) n;
    INSERT INTO refund_leg (hospital_id, id, case_id, place, route, amount_fen, his_mode, state, round, payout_id,
        payout_number, paid_at_ms, reminded, steps, tries, created_at_ms, counted_at_ms, changed_at_ms)
      SELECT 'first', 'leg_' || n, 'case_' || n, 1, 'transfer', 100, 'hold', ${state}, 1, 'trf_' || n, 'T' || n, ${at},
        0, 1, 0, ${at}, ${at}, ${at} + 1000 FROM generate_series(1, ${CASES}) n;
    INSERT INTO transfer_order (hospital_id, id, purpose, subject, case_id, user_id, appid, openid, payee, amount_fen, mchid,
        out_bill_no, state, transfer_bill_no, created_at_ms, done_at_ms, looks, next_action_at_ms)
      SELECT 'first', 'trf_' || n, 'deposits', 'leg_' || n, 'case_' || n, 'user', 'app', 'open', '\\x00', 100, 'm', 'T' || n,
        CASE WHEN ${state} = 'paid' THEN 'done' WHEN ${state} = 'paying' THEN 'to-confirm' ELSE 'not-paid' END, 'W' || n,
        ${at}, CASE WHEN ${state} = 'paid' THEN ${at} END, 0, CASE WHEN ${state} = 'paying' THEN ${at} END
      FROM generate_series(1, ${CASES}) n;
    ANALYZE refund_case, refund_leg, transfer_order`)
}

const page = (filter: Partial<CaseFilter>) =>
  database.database.inTransaction(FIRST, (tx) => listCases(tx, room, { list: 'all', limit: 50, ...filter }))

/** The sums of every page, one page after the other. */
async function every(filter: Partial<CaseFilter>, mostPages: number): Promise<readonly string[]> {
  const seen: string[] = []
  let before: string | undefined
  for (let pages = 0; pages < mostPages; pages++) {
    const { cases, next } = await page({ ...filter, before })
    seen.push(...cases.flatMap(({ legs }) => legs.map(({ legId }) => legId)))
    if (next === null) break
    before = next
  }
  return seen
}

test.each([
  ['one-sided', CASES / 100],
  ['to-confirm', CASES / 40],
  ['in-transit', CASES / 100 + CASES / 40],
] as const)('%s: page after page, each sum once, none left out', async (list, count) => {
  const seen = await every({ list }, 100)
  expect(seen).toHaveLength(count)
  expect(new Set(seen).size).toBe(count)
})

test('all, newest first; by state, way and days they are those that fit', async () => {
  expect(await every({}, 3)).toEqual(Array.from({ length: 150 }, (_, index) => `leg_${index + 1}`))
  const oneSided = await every({ state: 'one-sided' }, 2)
  expect(oneSided).toEqual(Array.from({ length: 100 }, (_, index) => `leg_${(index + 1) * 100}`))
  const original = await every({ way: 'original' }, 2)
  expect(original).toEqual(Array.from({ length: 100 }, (_, index) => `leg_${(index + 1) * 7}`))
  const day = { from: '2026-11-27', to: '2026-11-27', way: 'face', state: 'paid' } as const
  const seen = await every(day, 100)
  // From the minute before midnight to midnight itself, less those of the other way and of other states.
  expect([seen[0], seen.at(-1)]).toEqual(['leg_722', 'leg_2160'])
})

const LATER = `${AT - 20_000 * MINUTE_MS}.leg_20000`
const WAYS: readonly (readonly [string, (tx: Tx) => Promise<unknown>])[] = [
  ...(['todo', 'one-sided', 'overdue', 'to-confirm', 'abnormal', 'in-transit', 'all'] as const).flatMap(
    (list) =>
      [undefined, LATER].map(
        (before) =>
          [
            `${list}, ${before === undefined ? 'first' : 'a later'} page`,
            (tx: Tx) => listCases(tx, room, { list, limit: 50, before }),
          ] as const,
      ),
  ),
  ['those of a way', (tx) => listCases(tx, room, { list: 'all', limit: 50, way: 'original' })],
  ['those that were paid', (tx) => listCases(tx, room, { list: 'all', limit: 50, state: 'paid' })],
  ['those that lapsed: none', (tx) => listCases(tx, room, { list: 'all', limit: 50, state: 'lapsed' })],
  [
    'those of a day long ago',
    (tx) => listCases(tx, room, { list: 'all', limit: 50, from: '2026-10-19', to: '2026-10-19' }),
  ],
  ['a number', (tx) => findByNumber(tx, 'W777')],
]

test.each(WAYS)('%s: by an index, and hardly more is read than is shown', async (_what, ask) => {
  const ways = await openWays(database.appUrl, 'first')
  try {
    const statements = await statementsOf(FIRST, ask)
    expect(statements).not.toEqual([])
    for (const statement of statements) {
      const { steps, blocks } = await ways.of(statement)
      const scanned = steps.filter(({ type, table }) => type === 'Seq Scan' && LARGE.has(table ?? ''))
      expect(scanned, statement.sql).toEqual([])
      expect(blocks, statement.sql).toBeLessThan(MOST_BLOCKS)
    }
  } finally {
    await ways.close()
  }
})

const LARGE: ReadonlySet<string> = new Set(['refund_case', 'refund_leg', 'transfer_order'])

test('taken out of the console it is each sum, once, masked, as it was searched', async () => {
  const kind = refundsExport(room)
  const taken = async (filters: object) => {
    const lines: (readonly Cell[])[] = []
    const inTx = <T>(fn: (tx: Tx) => Promise<T>) => database.database.inTransaction(FIRST, fn)
    for await (const batch of kind.batches(inTx, filters, { size: 40, most: 100 })) lines.push(...batch)
    return lines
  }
  const all = await taken({})
  expect(all.map(([id]) => id)).toEqual(Array.from({ length: 100 }, (_, index) => `case_${index + 1}`))
  expect(all.map((cells) => cells[3])).toEqual(all.map(() => '张*三'))
  const [of, ...others] = await taken({ number: 'W777' })
  expect([of?.[0], of?.[6], of?.[7], of?.[10], of?.[11], others]).toEqual([
    ...['case_777', 100, '已到账', 'T777', 'W777', []],
  ])
  expect(kind.columns).toHaveLength(of?.length ?? 0)
})
