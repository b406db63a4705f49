import { type Outcome, unknown, yes } from '@zhangyi/core'
import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { booleanOf } from '../read-members.ts'
import { cardOf } from '../read-person.ts'
import type { HealthCard } from '../types.ts'

export interface ExchangedCard {
  readonly card: HealthCard
  /** Whether it is the WeChat user's own card; undefined where the platform does not say. */
  readonly isSelf: boolean | undefined
}

/**
 * 健康卡授权码获取健康卡信息 (svc 100). Spends the healthCode (30 minutes, one use) at once: after `unknown` start over,
 * never ask again with the same code. Confidence: several sources; `isSelf` one.
 */
export function getHealthCardByHealthCode(
  caller: Caller,
  request: { readonly healthCode: string },
  context: CallContext,
): Promise<Outcome<ExchangedCard>> {
  return caller.change('getHealthCardByHealthCode', request, context, (rsp) => {
    const card = cardOf(rsp['card'])
    return card ? yes({ card, isSelf: booleanOf(rsp, 'isSelf') }) : unknown('malformed')
  })
}
