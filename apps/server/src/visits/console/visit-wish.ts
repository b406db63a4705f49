import { z } from 'zod'
import { listWish } from '../../platform/operators/list-page.ts'
import { STATES } from '../order-states.ts'
import { ORDER_KINDS } from '../visit-views.ts'

/** What is looked for among the orders. */
export const visitWish = z.object({
  kind: z.enum(ORDER_KINDS).optional(),
  state: z
    .enum([...STATES, 'trouble'])
    .optional()
    .describe('trouble：要人处理的'),
  number: listWish.number.describe('订单号、HIS 的预约号或缴费单号、商户订单号、微信支付订单号、退款单号'),
  ...{ from: listWish.from, to: listWish.to },
})
export type VisitWish = z.infer<typeof visitWish>
