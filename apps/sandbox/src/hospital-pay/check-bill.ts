import { addFen, fen, formatYuan } from '@zhangyi/core'
import { type Bill, type BillLine, type BillTotal, KIND_NAMES, KINDS } from './bill.ts'
import { BillRefusal } from './refusals.ts'

/** Checks days, numbers and control totals. Throws `BillRefusal` that names the first line at fault. */
export function checkBill(lines: readonly BillLine[], day: string): Bill {
  const rows = lines.filter((one) => one.record === 'row')
  const totals = lines.filter((one) => one.record === 'total')
  const seen = new Set<string>()
  for (const { kind, orderNo, time, line } of rows) {
    if (!time.startsWith(day)) throw new BillRefusal('row-invalid', 'time 不在这一天', line)
    const number = `${kind}/${orderNo}`
    if (seen.has(number)) throw new BillRefusal('order-duplicated', orderNo, line)
    seen.add(number)
  }
  for (const [at, total] of totals.entries())
    if (totals.findIndex(({ kind }) => kind === total.kind) !== at)
      throw new BillRefusal('row-invalid', '合计行重复', total.line)
  const expected = KINDS.map((kind): BillTotal => {
    const ofKind = rows.filter((row) => row.kind === kind)
    return { kind, count: ofKind.length, amount: addFen(fen(0), ...ofKind.map(({ amount }) => amount)) }
  })
  for (const { kind, count, amount } of expected) {
    const told = totals.find((one) => one.kind === kind)
    if (!told) throw new BillRefusal('totals-missing', KIND_NAMES[kind], lines.length + 1)
    if (told.count !== count || told.amount !== amount)
      throw new BillRefusal(
        'totals-mismatch',
        `${KIND_NAMES[kind]}明细共 ${count} 笔 ${formatYuan(amount)} 元，合计行写的是 ${told.count} 笔 ${formatYuan(told.amount)} 元`,
        told.line,
      )
  }
  return {
    rows: rows.map(({ kind, orderNo, channelNo, amount, time }) => ({
      ...{ kind, orderNo, channelNo, amount, time },
    })),
    totals: expected,
  }
}
