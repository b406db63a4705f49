import { no, type Outcome, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { textOf } from '../read-members.ts'
import type { OrderPerson } from './get-order-info-by-order-id.ts'

export interface RealPersonAuthRequest extends OrderPerson {
  readonly orderId: string
  /** A fresh one, fetched after the face check. */
  readonly wechatCode: string
  /** `01` passed. The value for a failure is not public. */
  readonly result: string
  /** Echo of faceUrl's query. */
  readonly verifyType: number
  readonly extInfo?: Readonly<Record<string, string>>
}

/**
 * 实人验证结果通知 (svc 304). Spends the wechatCode. An empty verifyOrderId under resultCode 0 is a refusal,
 * `no('empty-verify-order-id', errMsg)`. Confidence: three sources; keys of `extInfo` not public.
 */
export function registerRealPersonAuthOrder(
  caller: Caller,
  request: RealPersonAuthRequest,
  context: CallContext,
): Promise<Outcome<{ readonly verifyOrderId: string }>> {
  return caller.change('registerRealPersonAuthOrder', request, context, (rsp, errMsg) => {
    const verifyOrderId = textOf(rsp, 'verifyOrderId')
    return verifyOrderId === undefined ? no('empty-verify-order-id', errMsg) : yes({ verifyOrderId })
  })
}
