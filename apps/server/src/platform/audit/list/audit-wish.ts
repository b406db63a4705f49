import { z } from 'zod'
import { type ListTimes, listWish, placeText } from '../../operators/list-page.ts'

const text = z.string().trim().min(1).max(200).optional()

/** What an auditor looks for, in the list and in its export. */
export const auditWish = z.object({
  actor: text.describe('操作人，如 operator:wang-03、user:…、system:payments'),
  action: text.describe('操作代码的开头，如 refunds. 或 refunds.reissued'),
  subject: text.describe('对象的编号'),
  traceId: text.describe('追踪号'),
  ...{ from: listWish.from, to: listWish.to },
})

export interface AuditWish extends z.infer<typeof auditWish>, Pick<ListTimes, 'before'> {}

export function auditPlace({ at_ms: atMs, id }: { readonly at_ms: number; readonly id: number }): string {
  return placeText({ atMs, id: `${id}` })
}
