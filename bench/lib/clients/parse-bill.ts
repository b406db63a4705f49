import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readTradeBill } from '@zhangyi/wechat-pay'
import { inChunks } from '../bill-source.ts'
import { makeTradeBill } from '../make-bill.ts'
import { library } from './fixtures.ts'

const ROWS = 10_000
const bill = makeTradeBill(ROWS)

/** Ours: streamed in pieces of 64 KiB, 29 typed columns, amounts in fen, times, control totals compared. Rows a second. */
export async function parseOurs(): Promise<number> {
  const started = performance.now()
  const reader = readTradeBill(inChunks(bill))
  let rows = 0
  for await (const batch of reader.batches()) rows += batch.length
  if (reader.summary().rowCount !== rows) throw new Error('rows lost')
  return (rows * 1_000) / (performance.now() - started)
}

/** The library's helper: the whole file at once, every cell a string, nothing compared. Rows a second. */
export function parseLibrary(): number {
  const started = performance.now()
  const { rows } = library.Formatter.castCsvBill(bill) as { rows: readonly unknown[] }
  if (rows.length !== ROWS) throw new Error('rows lost')
  return (ROWS * 1_000) / (performance.now() - started)
}

export interface BillMemory {
  readonly rows: number
  readonly seconds: number
  readonly aboveIdleMb: number
}

/** In a process of its own: resident memory above idle while a bill of a million rows is read. */
export async function measureBillMemory(): Promise<BillMemory> {
  const script = fileURLToPath(new URL('../measure-bill-memory.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, '1000'], { timeout: 100_000 })
  return JSON.parse(stdout) as BillMemory
}
