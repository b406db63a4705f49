import type { LegState } from '../../../apps/server/src/refunds/legs/leg-states.ts'
import type { BookedLeg } from './books.ts'
import type { WechatBooks } from './wechat-books.ts'
import type { Wire } from './wire.ts'

const NOT_GIVEN_UP: ReadonlySet<LegState> = new Set(['paying', 'confirming', 'paid'])

/**
 * What is wrong with a leg by what passed on the wire: whether a sending may yet be accepted is not for our own books to
 * say. So a wrong word is found even where, by luck, nobody was paid twice for it.
 */
export function* judgeWire({ state, numbers }: BookedLeg, wechat: WechatBooks, wire: Wire): Iterable<string> {
  const newest = new Map((numbers ?? []).map((one) => [one.number, one]))
  for (const { number, state: said } of newest.values()) {
    if (said === 'no' && !wire.isRefusedClearly(number))
      yield `${number} is refused for good here: WeChat said so only after a sending that nobody answered`
    if (NOT_GIVEN_UP.has(state) || wechat.state(number) !== undefined) continue
    if (wechat.isUnderWay(number)) yield `${state} here while a sending of ${number} is still on its way`
    if (!wire.isAsked(number))
      yield `${state} here, and WeChat was not asked for ${number} after its last sending`
  }
}
