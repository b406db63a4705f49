import { checkOutTradeNo, checkPlatformNumber } from '../check-input.ts'
import type { Caller } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { expectNumber } from '../expect-number.ts'
import { type PaymentAnswer, readPaymentAnswer } from '../payment-answer.ts'

const BASE = ENDPOINTS['jsapi-query']

/** 商户订单号查询订单: the authority on a payment. `not-found` is inconclusive just after ordering. */
export function queryJsapiOrderByOutTradeNo(
  caller: Caller,
  outTradeNo: string,
): Promise<PaymentAnswer | 'not-found'> {
  const path = `${BASE}/out-trade-no/${encodeURIComponent(checkOutTradeNo(outTradeNo))}`
  return caller.find('jsapi-query', `${path}?mchid=${caller.mchid}`, (answer) => {
    const payment = readPaymentAnswer(answer)
    expectNumber('out_trade_no', payment.outTradeNo, outTradeNo)
    return payment
  })
}

/** 微信支付订单号查询订单. */
export function queryJsapiOrderByTransactionId(
  caller: Caller,
  transactionId: string,
): Promise<PaymentAnswer | 'not-found'> {
  const path = `${BASE}/id/${checkPlatformNumber('transaction_id', transactionId)}`
  return caller.find('jsapi-query', `${path}?mchid=${caller.mchid}`, (answer) => {
    const payment = readPaymentAnswer(answer)
    expectNumber('transaction_id', payment.transactionId, transactionId)
    return payment
  })
}
