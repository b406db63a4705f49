import { type PaymentAnswer, WechatPayError } from '@zhangyi/wechat-pay'
import type { Merchant } from '../merchant.ts'

/** `no-answer`: the query failed, which says nothing. `not-found` is inconclusive, too. */
export type OrderAnswer = PaymentAnswer | 'not-found' | 'no-answer'

export async function askWechat({ client }: Merchant, outTradeNo: string): Promise<OrderAnswer> {
  try {
    return await client.queryJsapiOrderByOutTradeNo(outTradeNo)
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return 'no-answer'
  }
}
