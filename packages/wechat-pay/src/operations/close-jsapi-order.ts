import { checkOutTradeNo } from '../check-input.ts'
import type { Caller, SendOptions } from '../create-caller.ts'
import { expectEndpoint, jsonBody, type PreparedRequest } from '../prepared-request.ts'
import type { SentResult } from '../sent-result.ts'

/** 关闭订单, prepared. Throws `WechatPayInputError`. */
export function prepareJsapiClose(caller: Caller, outTradeNo: string): PreparedRequest<'jsapi-close'> {
  const number = checkOutTradeNo(outTradeNo)
  return {
    endpoint: 'jsapi-close',
    method: 'POST',
    mchid: caller.mchid,
    path: `/v3/pay/transactions/out-trade-no/${encodeURIComponent(number)}/close`,
    body: jsonBody({ mchid: caller.mchid }),
    number,
  }
}

/** Answered with 204. An order may be paid while it is being closed: query before it gets another number. */
export function closeJsapiOrder(
  caller: Caller,
  prepared: PreparedRequest<'jsapi-close'>,
  send: SendOptions,
): Promise<SentResult<void>> {
  expectEndpoint(prepared, 'jsapi-close')
  return caller.change(prepared, send, () => undefined)
}
