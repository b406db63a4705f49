import type { HisBillRow } from '../../bills.ts'
import { groupOf } from '../ask-group.ts'
import { type ConformanceBench, ConformanceFailure } from '../check.ts'

const MAX_PAGES = 10_000

/** All pages of a day. A cursor that comes again would never end. */
export async function readDay(bench: ConformanceBench, day: string): Promise<readonly HisBillRow[]> {
  const bills = groupOf(bench, 'bills')
  const rows: HisBillRow[] = []
  const seen = new Set<string>()
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await bills.page(day, cursor)
    rows.push(...answer.rows)
    if (answer.next === undefined) return rows
    if (seen.has(answer.next)) throw new ConformanceFailure('翻页的 next 又回到了前面的一页')
    seen.add(answer.next)
    cursor = answer.next
  }
  throw new ConformanceFailure(`一天的账单翻了 ${MAX_PAGES} 页还没有完`)
}
