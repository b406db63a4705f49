import { formatShanghai, HOUR_MS } from '@zhangyi/core'
import { z } from 'zod'
import { sameText } from '../../kit/same-text.ts'
import { isSelf } from '../cards/card.ts'
import { operation, text } from '../operation.ts'
import type { CardPlatform } from '../platform.ts'
import { Refusal } from '../result-codes.ts'
import { isMethod, METHODS } from '../verification/methods.ts'
import type { Order } from '../verification/order.ts'

const PROXY_LASTS_MS = 24 * HOUR_MS

/** 实人验证结果查询. `suc` only if this order really passed and the registerOrderId is its own. */
export const checkUniformVerifyResult = operation({
  name: 'checkUniformVerifyResult',
  zh: '实人验证结果查询',
  family: 'C',
  req: z.object({ verifyOrderId: text, verifyResult: text }),
  rsp: ['suc', 'verifyType', 'ext', 'healthCardId'],
  carryOut: (platform, { verifyOrderId, verifyResult }) => {
    const order = [...platform.orders.values()].find((one) => one.verifyOrderId === verifyOrderId)
    if (!order) throw new Refusal('orderNotFound')
    const suc = order.state === 'passed' && sameText(order.registerOrderId ?? '', verifyResult)
    const method = suc && isMethod(order.method) ? METHODS[order.method] : undefined
    const { idNumber } = order.subject
    const card = platform.cards.ofPerson(order.person).find((one) => one.idNumber === idNumber)
    return {
      suc,
      verifyType: method?.verifyType ?? 0,
      ext: '',
      ...(method?.proxy ? proxy(platform, order) : NO_PROXY),
      healthCardId: suc ? (card?.healthCardId ?? '') : '',
    }
  },
})

const NO_PROXY = {
  proxyVerifyName: '',
  proxyVerifyCardType: '',
  proxyVerifyIdCard: '',
  proxyVerifyExpiredTime: '',
}

/** Who stood in for the person: the phone's owner, or a made-up relative where that is the person itself. */
function proxy(platform: CardPlatform, order: Order): typeof NO_PROXY {
  const self = platform.cards
    .ofPerson(order.person)
    .find((card) => isSelf(card) && card.idNumber !== order.subject.idNumber)
  return {
    proxyVerifyName: self?.name ?? '张建国',
    proxyVerifyCardType: self?.idType ?? '01',
    proxyVerifyIdCard: self?.idNumber ?? '330102197001011219',
    proxyVerifyExpiredTime: formatShanghai((order.passedAtMs ?? platform.clock.nowMs()) + PROXY_LASTS_MS),
  }
}
