import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { type BalanceFile, importBalances } from './import-balances.ts'
import { ledgerFile } from './ledger-file.ts'
import { noteTold } from './note-facts.ts'
import { readBalanceCsv } from './read-balance-csv.ts'
import { LI } from './test-support/balance-lines.ts'
import { DEMO, fileOf, type LedgerStack, openLedgerRoom } from './test-support/open-ledger-room.ts'

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
describe('the ledger as a file', () => {
  const text = async (fullReason?: string) => {
    const pieces: Uint8Array[] = []
    for await (const piece of await ledgerFile(stack.room, DEMO, { fullReason }, 'wang-03'))
      pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }

  test('masked without a reason; with one whole, and a spreadsheet runs and rounds nothing; both are audited', async () => {
    await take(fileOf(LI, `'=1,"=HYPERLINK(""http://x"")",@cmd,+8613800000219,-2+3,5.00,`))
    await inDemo((tx) => noteTold(tx, { patid: 'P001', how: 'assistant', atMs: nowMs() }))
    const masked = await text()
    expect(masked).toMatch(/^\uFEFF院内ID,姓名,/)
    expect(masked).toContain('P001,李*华,330102********2210,138****0210,****0931,100.00,2025-12-01,已告知')
    expect(masked).toContain(',2026-11-28 12:00:00,就医助手,0.00,')
    expect(masked).not.toMatch(/李明华|13800000210|0000120931/)

    await expect(text('要')).rejects.toMatchObject({ code: 'bad-input' })
    const whole = await text('卫健委专项检查')
    expect(whole).toContain('P001,李明华,330102199001012210\t,13800000210,0000120931\t,100.00')
    expect(whole).toContain(`"'=HYPERLINK(""http://x"")",'@cmd,13800000219,'-2+3`)
    expect(
      readBalanceCsv(fileOf('P1,李明华,330102199001012210\t,,0000120931\t,1,'), '2026-11-28').lines,
    ).toHaveLength(1)
    const audits = await database.asOwner(
      `SELECT actor, detail FROM audit_entry WHERE action = 'exports.asked' ORDER BY id`,
    )
    expect(audits).toEqual([
      { actor: 'operator:wang-03', detail: { kind: 'ledger-balances', format: 'csv' } },
      {
        actor: 'operator:wang-03',
        detail: { kind: 'ledger-whole', format: 'csv', reason: '卫健委专项检查' },
      },
    ])
  })
})
