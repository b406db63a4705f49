import type { CardPlatform } from '../platform.ts'
import { fill } from '../redirects.ts'
import { Refusal } from '../result-codes.ts'
import { DOCUMENT_ONLY, type Method } from './methods.ts'
import { newHex, type Order } from './order.ts'

/** The person passed: issues what the hospital waits for and says where the browser goes. */
export function passOrder(
  platform: CardPlatform,
  order: Order,
  method: Method | typeof DOCUMENT_ONLY,
): string {
  // Two pages of one authorisation can be open at once; the second to arrive finds the code spent.
  if (order.purpose === 'bind' && platform.wechatCodes.isSpent(order.wechatCode))
    throw new Refusal('wechatCodeUsed')
  order.state = 'passed'
  order.method = method
  order.passedAtMs = platform.clock.nowMs()
  if (order.purpose === 'query') {
    order.registerOrderId = newHex()
    return fill(order.targets.success, 'registerOrderId', order.registerOrderId)
  }
  const verifyStatus = method !== DOCUMENT_ONLY
  if (platform.faults.take('card-management-outage', order.askedBy)) {
    // No card came about, so the wechatCode stays good.
    const regInfoCode = platform.regInfoCodes.issue({ ...order.subject, verifyStatus })
    return fill(order.targets.fail ?? order.targets.verifyFail, 'regInfoCode', regInfoCode)
  }
  platform.wechatCodes.spendLate(order.wechatCode)
  const card = platform.cards.put(order.person, order.subject, verifyStatus)
  return fill(order.targets.success, 'healthCode', platform.healthCodes.issue(card.healthCardId))
}

/** Failed or given up: final for this order; the hospital offers another way. */
export function failOrder(order: Order): string {
  order.state = 'failed'
  return order.targets.verifyFail
}
