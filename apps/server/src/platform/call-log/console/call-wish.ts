import { DAY_MS, shanghaiMidnight } from '@zhangyi/core'
import { z } from 'zod'
import type { CallFilter } from './list-calls.ts'

const day = z.iso.date().optional()
const text = z.string().trim().min(1).max(80).optional()

/** What is looked for among the calls, in the list and in its export. */
export const callWish = z.object({
  ...{ platform: text, operation: text.describe('以此开头') },
  outcome: z.enum(['yes', 'no', 'unknown', 'trouble']).optional().describe('trouble：除了成功'),
  number: text.describe('平台的 Request-ID、请求键，或出错页上的追踪号'),
  ...{ from: day, to: day },
})

export function filterOf({ from, to, ...filter }: z.infer<typeof callWish>): CallFilter {
  return {
    ...filter,
    ...(from !== undefined && { fromMs: shanghaiMidnight(from) }),
    ...(to !== undefined && { untilMs: shanghaiMidnight(to) + DAY_MS }),
  }
}
