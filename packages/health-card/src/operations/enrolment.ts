import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import type { CallContext } from '../options.ts'
import { booleanOf, cardOf, objectOf, personOf, textOf } from '../read.ts'
import type { Session } from '../session.ts'
import type { HealthCard, ParentInfo, PreAuthRequest, PreFillRequest, RegisteredPerson } from '../types.ts'

export interface EnrolmentCalls {
  /** 绑卡验证授权 (svc 312): the page on which the person chooses a card. The wechatCode is spent only when a card was registered. */
  registerHealthCardPreAuth(
    request: PreAuthRequest,
    context: CallContext,
  ): Promise<Outcome<{ readonly bindCardUrl: string }>>
  /** 验证注册/绑卡 (svc 310): the page on which the person is verified. An empty verifyUrl is a refusal: `no('empty-verify-url')`. */
  registerHealthCardPreFill(
    request: PreFillRequest,
    context: CallContext,
  ): Promise<Outcome<{ readonly verifyUrl: string }>>
  /** 健康卡授权码获取健康卡信息 (svc 100). Spends the healthCode: after `unknown` start over, never ask again. */
  getHealthCardByHealthCode(
    request: { readonly healthCode: string },
    context: CallContext,
  ): Promise<Outcome<{ readonly card: HealthCard; readonly isSelf: boolean | undefined }>>
  /** 获取建档信息, 卡管异常流程 (svc 287). Spends the regInfoCode. */
  getRegInfoByCode(
    request: { readonly code: string },
    context: CallContext,
  ): Promise<Outcome<RegisteredPerson & { readonly isSelf: boolean | undefined }>>
}

export function enrolmentCalls(session: Session, domainChannel: number): EnrolmentCalls {
  return {
    registerHealthCardPreAuth: async (request, context) => {
      const made = await session.call('registerHealthCardPreAuth', { ...request, domainChannel }, context)
      if (made.kind !== 'yes') return made
      const bindCardUrl = textOf(made.value, 'bindCardUrl')
      return bindCardUrl ? yes({ bindCardUrl }) : unknown('no bindCardUrl')
    },
    registerHealthCardPreFill: async ({ childInfo, ...request }, context) => {
      const req = { ...request, domainChannel, ...(childInfo && { childInfo: flatParents(childInfo) }) }
      const made = await session.call('registerHealthCardPreFill', req, context)
      if (made.kind !== 'yes') return made
      const verifyUrl = textOf(made.value, 'verifyUrl')
      return verifyUrl ? yes({ verifyUrl }) : no('empty-verify-url', 'verifyUrl is empty')
    },
    getHealthCardByHealthCode: async (request, context) => {
      const made = await session.call('getHealthCardByHealthCode', request, context)
      if (made.kind !== 'yes') return made
      const card = cardOf(objectOf(made.value, 'card'))
      return card ? yes({ card, isSelf: booleanOf(made.value, 'isSelf') }) : unknown('no card in the reply')
    },
    getRegInfoByCode: async (request, context) => {
      const made = await session.call('getRegInfoByCode', request, context)
      if (made.kind !== 'yes') return made
      const person = personOf(made.value)
      return person
        ? yes({ ...person, isSelf: booleanOf(made.value, 'isSelf') })
        : unknown('no person in the reply')
    },
  }
}

/** On the wire the parents lie flat: `motherName`, `fatherPhone` … */
function flatParents({ mother, father }: NonNullable<PreFillRequest['childInfo']>): Record<string, string> {
  return { ...flat('mother', mother), ...flat('father', father) }
}

function flat(prefix: string, parent: ParentInfo = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parent).map(([name, value]) => [
      `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  )
}
