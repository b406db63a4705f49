/**
 * A process of its own, so that nothing else is in its memory: reads one large trade bill and prints, as one JSON
 * object, the highest resident memory above what it had before. Argument: the number of rows in thousands.
 */
import { readTradeBill } from '@zhangyi/wechat-pay'
import { MEGABYTE, repeatBill } from './bill-source.ts'
import { makeTradeBill } from './make-bill.ts'

const thousands = Number(process.argv[2] ?? 1_000)
const source = repeatBill(makeTradeBill(1_000), thousands)
const idle = process.memoryUsage.rss()
let peak = idle
let rows = 0
let batches = 0
const started = performance.now()
const bill = readTradeBill(source())
for await (const batch of bill.batches()) {
  rows += batch.length
  batches += 1
  if (batches % 20 === 0) peak = Math.max(peak, process.memoryUsage.rss())
}
const seconds = (performance.now() - started) / 1_000
peak = Math.max(peak, process.memoryUsage.rss())
if (bill.summary().rowCount !== rows) throw new Error('rows lost')
process.stdout.write(JSON.stringify({ rows, seconds, aboveIdleMb: (peak - idle) / MEGABYTE }))
