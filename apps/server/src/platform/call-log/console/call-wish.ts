import { z } from 'zod'
import { listWish } from '../../operators/list-page.ts'

const text = z.string().trim().min(1).max(80).optional()

/** What is looked for among the calls, in the list and in its export. */
export const callWish = z.object({
  ...{ platform: text, operation: text.describe('以此开头') },
  outcome: z.enum(['yes', 'no', 'unknown', 'trouble']).optional().describe('trouble：除了成功'),
  number: listWish.number.describe('平台的 Request-ID、请求键，或出错页上的追踪号'),
  ...{ from: listWish.from, to: listWish.to },
})

export interface CallWish extends z.infer<typeof callWish> {
  /** The last one of the page before: calls have their order by their number alone. */
  readonly before?: number | undefined
}
