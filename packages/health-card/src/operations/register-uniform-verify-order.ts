import { type Outcome, unknown, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { numberOf, textOf } from '../read-members.ts'

export interface UniformVerifyRequest {
  /** Only `01` is legal: other documents skip verification. */
  readonly cardType: '01'
  readonly idCard: string
  readonly name: string
  readonly wechatCode: string
  /** healthCardId; may be empty. */
  readonly ecardNo?: string
  /** Seven digits, e.g. 0101082. */
  readonly scene: string
  readonly department?: string
  /** `11` electronic health card (as in usage reports); one hospital sends `01`. */
  readonly useCardType: string
  readonly cardCostTypes?: string
  /** Holds the literal `${registerOrderId}`. */
  readonly verifySuccessRedirectUrl: string
  readonly verifyFailRedirectUrl: string
  readonly faceUrl?: string
  readonly ncidasUrl?: string
}

export interface UniformVerifyOrder {
  readonly verifyOrderId: string
  /** Undefined: the platform opened no page. That is never a verification; only a queried `suc` is. */
  readonly verifyUrl: string | undefined
  /** Meaning not public; perhaps a grace or trusted state. */
  readonly protectState: number | undefined
}

/**
 * 实人验证生成orderId (svc 169). Spends the wechatCode. Confidence: four sources for the endpoint; the success
 * placeholder and `useCardType` conflict between sources, so the caller configures them.
 */
export function registerUniformVerifyOrder(
  caller: Caller,
  request: UniformVerifyRequest,
  context: CallContext,
): Promise<Outcome<UniformVerifyOrder>> {
  const req = { domainChannel: caller.domainChannel, ...request }
  return caller.change('registerUniformVerifyOrder', req, context, (rsp) => {
    const verifyOrderId = textOf(rsp, 'verifyOrderId')
    // Without its number an order can never be queried.
    if (verifyOrderId === undefined) return unknown('malformed')
    const verifyUrl = textOf(rsp, 'verifyUrl')
    return yes({ verifyOrderId, verifyUrl, protectState: numberOf(rsp, 'protectState') })
  })
}
