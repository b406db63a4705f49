import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import { readOrThrow } from '../call.ts'
import { HealthCardError } from '../errors.ts'
import type { CallContext } from '../options.ts'
import { booleanOf, numberOf, textOf } from '../read.ts'
import type { Session } from '../session.ts'

export interface UniformVerifyRequest {
  /** Only `01` is legal: other documents skip verification. */
  readonly cardType: '01'
  readonly idCard: string
  readonly name: string
  readonly wechatCode: string
  readonly ecardNo?: string
  readonly scene: string
  readonly department?: string
  readonly useCardType: string
  readonly cardCostTypes?: string
  /** Holds the literal `${registerOrderId}`. */
  readonly verifySuccessRedirectUrl: string
  readonly verifyFailRedirectUrl: string
  readonly faceUrl?: string
  readonly ncidasUrl?: string
}

export interface UniformVerifyResult {
  /** resultCode 0 with `suc` false is a normal answer: not verified. */
  readonly suc: boolean
  readonly verifyType: number | undefined
  readonly healthCardId: string | undefined
  /** Somebody else verified on the patient's behalf. */
  readonly proxy:
    | {
        readonly name: string
        readonly cardType: string | undefined
        readonly idCard: string | undefined
        readonly expiredTime: string | undefined
      }
    | undefined
}

export interface OrderPerson {
  readonly name: string
  readonly idCard: string
  readonly cardType: string
}

export interface RealPersonAuthRequest extends OrderPerson {
  readonly orderId: string
  /** A fresh one, fetched after the face check. */
  readonly wechatCode: string
  /** `01` passed. The value for a failure is not public. */
  readonly result: string
  readonly verifyType: number
  readonly extInfo?: Readonly<Record<string, string>>
}

export interface VerificationCalls {
  /** 实人验证生成orderId (svc 169). An empty verifyUrl comes back as undefined; it is never a verification. */
  registerUniformVerifyOrder(
    request: UniformVerifyRequest,
    context: CallContext,
  ): Promise<
    Outcome<{
      readonly verifyOrderId: string
      readonly verifyUrl: string | undefined
      readonly protectState: number | undefined
    }>
  >
  /** 实人验证结果查询 (svc 170). A read. */
  checkUniformVerifyResult(
    request: { readonly verifyOrderId: string; readonly verifyResult: string },
    context: CallContext,
  ): Promise<UniformVerifyResult>
  /** 实人用户信息获取 (svc 303). A read. */
  getOrderInfoByOrderId(
    request: { readonly orderId: string; readonly verifyType: number },
    context: CallContext,
  ): Promise<OrderPerson>
  /** 实人验证结果通知 (svc 304). An empty verifyOrderId is a refusal: `no('empty-verify-order-id')`. */
  registerRealPersonAuthOrder(
    request: RealPersonAuthRequest,
    context: CallContext,
  ): Promise<Outcome<{ readonly verifyOrderId: string }>>
}

export function verificationCalls(session: Session, domainChannel: number): VerificationCalls {
  return {
    registerUniformVerifyOrder: async (request, context) => {
      const made = await session.call('registerUniformVerifyOrder', { ...request, domainChannel }, context)
      if (made.kind !== 'yes') return made
      const verifyOrderId = textOf(made.value, 'verifyOrderId')
      if (!verifyOrderId) return unknown('no verifyOrderId')
      return yes({
        verifyOrderId,
        verifyUrl: textOf(made.value, 'verifyUrl'),
        protectState: numberOf(made.value, 'protectState'),
      })
    },
    checkUniformVerifyResult: async (request, context) => {
      const rsp = readOrThrow(
        'checkUniformVerifyResult',
        await session.call('checkUniformVerifyResult', request, context),
      )
      const proxyName = textOf(rsp, 'proxyVerifyName')
      return {
        suc: booleanOf(rsp, 'suc') === true,
        verifyType: numberOf(rsp, 'verifyType'),
        healthCardId: textOf(rsp, 'healthCardId'),
        proxy:
          proxyName === undefined
            ? undefined
            : {
                name: proxyName,
                cardType: textOf(rsp, 'proxyVerifyCardType'),
                idCard: textOf(rsp, 'proxyVerifyIdCard'),
                expiredTime: textOf(rsp, 'proxyVerifyExpiredTime'),
              },
      }
    },
    getOrderInfoByOrderId: async (request, context) => {
      const made = await session.call('getOrderInfoByOrderId', request, context)
      const rsp = readOrThrow('getOrderInfoByOrderId', made)
      const name = textOf(rsp, 'name')
      const idCard = textOf(rsp, 'idCard', 'idNumber')
      if (!name || !idCard)
        throw new HealthCardError('unknown', 'getOrderInfoByOrderId', 'malformed', made.requestId)
      return { name, idCard, cardType: textOf(rsp, 'cardType', 'idType') ?? '01' }
    },
    registerRealPersonAuthOrder: async (request, context) => {
      const made = await session.call('registerRealPersonAuthOrder', request, context)
      if (made.kind !== 'yes') return made
      const verifyOrderId = textOf(made.value, 'verifyOrderId')
      return verifyOrderId ? yes({ verifyOrderId }) : no('empty-verify-order-id', 'verifyOrderId is empty')
    },
  }
}
