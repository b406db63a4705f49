import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { openWays } from '../../platform/database/test-support/open-ways.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { balancesExport, wholeLedgerExport } from './balances-export.ts'
import { type BalanceFile, importBalances } from './import-balances.ts'
import { type BalanceFilter, balancesQuery } from './list-balances.ts'
import { noteRefunded } from './note-facts.ts'
import { ALL } from './test-support/balance-lines.ts'
import { DEMO, type LedgerStack, openLedgerRoom } from './test-support/open-ledger-room.ts'

let database: TestDatabase
let stack: LedgerStack
beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openLedgerRoom(database)
})
beforeEach(async () => {
  stack.clock.set('2026-11-28T12:00:00+08:00')
  const tables = ['balance_record', 'balance_refund', 'balance_run', 'balance_snapshot', 'audit_entry']
  await database.asOwner(tables.map((table) => `DELETE FROM ${table}`).join(';'))
})
afterAll(() => database.drop())

const inDemo = <T>(fn: (tx: Tx) => Promise<T> | T) => database.database.inTransaction(DEMO, fn)
const take = (text: string, choices: Partial<BalanceFile> = {}, hospital = DEMO) =>
  importBalances(stack.room, hospital, { text, ...choices }, 'wang-03')
const nowMs = () => stack.clock.nowMs()
const refund = (legId: string, patid: string, amountFen: number) =>
  inDemo((tx) => noteRefunded(tx, { legId, patid, amountFen, way: 'transfer', atMs: nowMs() }))

test('the list as a table: as it is searched, masked, and each archive once', async () => {
  await take(ALL)
  await refund('leg_x', 'P001', 4_000)
  const rows: (readonly unknown[])[] = []
  const kind = balancesExport(stack.room)
  for await (const batch of kind.batches(inDemo, { state: 'open', min: '1.00' }, { size: 2, most: 100 }))
    rows.push(...batch)
  expect(rows.map(([patid]) => patid)).toEqual(['P002', 'P001', 'P004', 'P003', 'P005'])
  const masked = ['P001', '李*华', '330102********2210', '138****0210', '****0931', 6_000, '2025-12-01']
  expect(rows[1]?.slice(0, 8)).toEqual([...masked, '部分退款'])
  expect(rows[1]?.slice(11, 13)).toEqual([4_000, '商家转账'])
  expect(rows[1]?.length).toBe(kind.columns.length)
  expect(() => kind.filters.parse({ min: '一元' })).toThrow()
  const whole = wholeLedgerExport(stack.room)
  expect(whole).toMatchObject({ permission: 'ledger.unmask', needsReason: true })
  for await (const [first] of whole.batches(inDemo, { min: '90.00' }, { size: 9, most: 9 }))
    expect(first?.slice(0, 3)).toEqual([
      'P002',
      expect.not.stringContaining('*'),
      expect.not.stringContaining('*'),
    ])
})

test('every list of the ledger walks an index of its own from where the page ended', async () => {
  await database.asOwner(`
    INSERT INTO balance_record (hospital_id, patid, person, balance_fen, source, run_id, refunded_fen, elsewhere_fen,
      told_at_ms, cleared_at_ms, problems, created_at_ms, updated_at_ms)
    SELECT 'demo', 'P' || lpad(n::text, 6, '0'), '\\x00', CASE WHEN n % 5 = 0 THEN 0 ELSE n % 997 + 1 END, 'file', 'r',
      n % 2, 0, CASE WHEN n % 3 = 0 THEN 1 END, CASE WHEN n % 5 = 0 THEN 1 END,
      CASE WHEN n % 4 = 0 THEN ARRAY['no-id'] ELSE '{}' END, 1, 1 FROM generate_series(1, 20000) n;
    ANALYZE balance_record`)
  const wishes: readonly BalanceFilter[] = [
    ...([{}, { state: 'open' }, { state: 'untold' }, { state: 'told' }, { state: 'refunded' }] as const),
    ...([{ state: 'cleared' }, { state: 'open', toClean: true }] as const),
  ]
  const ways = await openWays(database.appUrl, DEMO)
  for (const wish of wishes)
    for (const after of [undefined, { balanceFen: 500, patid: 'P010000' }]) {
      const { steps } = await ways.of(
        balancesQuery(DEMO, stack.room.cipher, wish, { after, limit: 50 }, nowMs()),
      )
      const why = JSON.stringify({ wish, after })
      expect(
        steps.some(({ type, index }) => type === 'Index Scan' && index?.startsWith('balance_record_')),
        why,
      ).toBe(true)
      expect(
        steps.filter(({ type }) => /Seq Scan|Sort/.test(type)),
        why,
      ).toEqual([])
    }
  await ways.close()
})

test('a page of the list is found again by what tells nobody who it is', async () => {
  await take(ALL)
  const page = (after?: string) =>
    stack.ask<{ balances: { key: string; patid: string }[]; next: string | null }>('POST', 'search', {
      ...{ limit: 2, ...(after !== undefined && { after }) },
    })
  const first = (await page()).body
  expect(first.next).toMatch(/^[\w-]+$/)
  expect(Buffer.from(first.next ?? '', 'base64url').toString('latin1')).not.toContain('P00')
  const second = (await page(first.next ?? '')).body
  expect([...first.balances, ...second.balances].map(({ patid }) => patid)).toEqual(
    ...[['P002', 'P001', 'P004', 'P003']],
  )
  const again = (await page()).body
  expect(again.balances.map(({ key }) => key)).toEqual(first.balances.map(({ key }) => key))
  expect((await page('AAAA')).status).toBe(400)
})
