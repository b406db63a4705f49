import { MCHID } from '../credentials.ts'
import { PayRefusal } from '../errors.ts'
import { personOf } from '../people.ts'
import { type PayPlatform, rfc3339 } from '../platform.ts'
import type { PayRequest } from '../requests/route.ts'
import type { Order } from './order.ts'
import { isHidden } from './prepay.ts'

const STATE_TEXTS = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款',
  CLOSED: '订单已关闭',
}

export function queryOrder(platform: PayPlatform, { params, query }: PayRequest): object {
  if (query['mchid'] !== MCHID) throw new PayRefusal('PARAM_ERROR', '参数错误：/query/mchid 与商户号不一致')
  const order = orderOf(platform, params)
  if (!order || isHidden(platform, order)) throw new PayRefusal('ORDER_NOT_EXIST', '订单不存在')
  return orderAnswer(platform, order)
}

function orderOf({ orders }: PayPlatform, params: PayRequest['params']): Order | undefined {
  const { outTradeNo, transactionId } = params
  if (outTradeNo !== undefined) return orders.byNumber(outTradeNo)
  const order = orders.byId(transactionId ?? '')
  // Nobody can know the number of an order that was never paid.
  return order?.paidMs === undefined ? undefined : order
}

/** The answer to a query; the callback's plain text is the same. */
export function orderAnswer(platform: PayPlatform, order: Order): object {
  const { totalFen, paidMs, state } = order
  const basics = {
    ...{ appid: order.appid, mchid: MCHID, out_trade_no: order.outTradeNo },
    ...{ trade_state: state, trade_state_desc: STATE_TEXTS[state], attach: order.attach ?? '' },
  }
  const payer = { openid: order.openid }
  if (paidMs === undefined) return { ...basics, amount: { total: totalFen, currency: 'CNY' }, payer }
  const card = platform.people.get(personOf(order.openid))?.bankCard
  return {
    ...basics,
    transaction_id: order.transactionId,
    ...{ trade_type: 'JSAPI', bank_type: card === undefined ? 'OTHERS' : 'CMB_DEBIT' },
    success_time: rfc3339(paidMs),
    payer,
    amount: { total: totalFen, payer_total: totalFen, currency: 'CNY', payer_currency: 'CNY' },
  }
}
