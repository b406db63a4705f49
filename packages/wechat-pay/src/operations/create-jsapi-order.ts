import type { Fen } from '@zhangyi/core'
import { checkAmount, checkNotifyUrl, checkOpenid, checkOutTradeNo, checkText } from '../check-input.ts'
import type { Caller, SendOptions } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { WechatPayInputError } from '../errors.ts'
import { formatRfc3339 } from '../format-rfc3339.ts'
import { expectEndpoint, jsonBody, type PreparedRequest } from '../prepared-request.ts'
import { requiredText } from '../read-members.ts'
import type { SentResult } from '../sent-result.ts'

export interface JsapiOrderInput {
  readonly appid?: string
  /** 6–32 of letters, digits, `_ - | *`. */
  readonly outTradeNo: string
  readonly description: string
  readonly totalFen: Fen
  readonly openid: string
  readonly notifyUrl: string
  /** Comes back in queries and callbacks. No personal data. */
  readonly attach?: string
  readonly expiresAtMs?: number
}

/** JSAPI下单, prepared. Throws `WechatPayInputError`. */
export function prepareJsapiOrder(caller: Caller, input: JsapiOrderInput): PreparedRequest<'jsapi-prepay'> {
  const { expiresAtMs, attach } = input
  const outTradeNo = checkOutTradeNo(input.outTradeNo)
  const body = jsonBody({
    appid: caller.appid(input.appid),
    mchid: caller.mchid,
    description: checkText('description', input.description, 127),
    out_trade_no: outTradeNo,
    ...(expiresAtMs !== undefined && { time_expire: expiryOf(expiresAtMs) }),
    ...(attach !== undefined && { attach: checkText('attach', attach, 128) }),
    notify_url: checkNotifyUrl(input.notifyUrl, caller.options.allowLocalNotifyUrls),
    amount: { total: checkAmount('amount.total', input.totalFen, 1), currency: 'CNY' },
    payer: { openid: checkOpenid(input.openid) },
  })
  return {
    endpoint: 'jsapi-prepay',
    method: 'POST',
    mchid: caller.mchid,
    path: ENDPOINTS['jsapi-prepay'],
    body,
    number: outTradeNo,
  }
}

/** The prepay id is good for two hours. A `yes` means that the order may be paid, not that it was. */
export function createJsapiOrder(
  caller: Caller,
  prepared: PreparedRequest<'jsapi-prepay'>,
  send: SendOptions,
): Promise<SentResult<{ readonly prepayId: string }>> {
  expectEndpoint(prepared, 'jsapi-prepay')
  return caller.change(prepared, send, (answer) => ({ prepayId: requiredText(answer, 'prepay_id') }))
}

function expiryOf(ms: number): string {
  // Four digits of year: what lies beyond is no time that the platform could read.
  if (!(ms >= 0 && ms < Date.UTC(9999, 0))) throw new WechatPayInputError('time_expire', 'not a moment in ms')
  return formatRfc3339(ms)
}
