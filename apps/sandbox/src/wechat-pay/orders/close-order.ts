import { z } from 'zod'
import { MCHID } from '../credentials.ts'
import { PayRefusal } from '../errors.ts'
import type { PayPlatform } from '../platform.ts'
import { parseInput } from '../requests/parse-input.ts'
import { NO_CONTENT, type PayRequest } from '../requests/route.ts'

const schema = z.object({ mchid: z.literal(MCHID, '与商户号不一致') })

/** 关闭订单. A payment that came first wins: ORDERPAID. Closing twice is fine. */
export function closeOrder({ orders }: PayPlatform, { params, body }: PayRequest): unknown {
  parseInput(schema, body)
  const order = orders.byNumber(params['outTradeNo'] ?? '')
  if (!order) throw new PayRefusal('ORDER_NOT_EXIST', '订单不存在')
  if (order.paidMs !== undefined) throw new PayRefusal('ORDERPAID', '该订单已支付')
  order.state = 'CLOSED'
  return NO_CONTENT
}
