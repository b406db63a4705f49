import type { HisBillRow } from '../../bills.ts'
import { daysAround, groupOf } from '../ask-group.ts'
import { type ConformanceBench, type ConformanceCheck, must, NotOffered } from '../check.ts'
import { confirmHold } from '../deposits/finish-hold.ts'
import { deductionRoute, depositRoute, ONE_FEN, refundNumberOf, taken } from '../refunds/refund-route.ts'
import { readDay } from './read-day.ts'

export const showRefund: ConformanceCheck = {
  name: 'bills.show-refund',
  zh: '日账单：核销（或扣减）的退款当天就在账单里，带我们的退款单号',
  because: '对账靠退款单号把 HIS 的账和微信的账连起来；没有它，每笔退款都成了差错。',
  run: async (bench) => {
    groupOf(bench, 'bills')
    const refundNumber = await refundOneFen(bench)
    const { from, to } = daysAround(bench, 1, 0)
    const rows: HisBillRow[] = []
    // Booked before midnight, read after it.
    for (const day of new Set([from, to])) rows.push(...(await readDay(bench, day)))
    const own = rows.filter((row) => row.refundNumber === refundNumber && row.kind === 'refund')
    must(own.length === 1, `这笔退款在账单里有 ${own.length} 行，应当是 1 行`)
    must(own[0]?.amount === ONE_FEN, '这笔退款在账单里的金额不对')
  },
}

/** One fen goes out for good; answers the number under which it went. */
async function refundOneFen(bench: ConformanceBench): Promise<string> {
  const { deposits, deductions } = bench.port
  if (!deposits && !deductions) throw new NotOffered('deposits 和 deductions 都没有提供')
  const route = await (deposits ? depositRoute(bench) : deductionRoute(bench))
  const key = bench.newKey()
  const { id } = taken(await route.take(ONE_FEN, key), route)
  if (deposits) await confirmHold(bench, id, key, bench.newKey())
  return refundNumberOf(key)
}
