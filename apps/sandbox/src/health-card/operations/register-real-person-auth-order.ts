import { z } from 'zod'
import { integer, operation, text } from '../operation.ts'
import type { CardPlatform } from '../platform.ts'
import { Refusal } from '../result-codes.ts'
import { METHODS } from '../verification/methods.ts'
import { findOpenOrder, newHex, type Order } from '../verification/order.ts'

const PASSED = '01'

/** 实人验证结果通知. Says that the hospital's face page checked the person; an empty verifyOrderId means refused. */
export const registerRealPersonAuthOrder = operation({
  name: 'registerRealPersonAuthOrder',
  zh: '实人验证结果通知',
  req: z.object({
    orderId: text.optional(),
    wechatCode: text,
    idCard: text,
    cardType: text,
    name: text,
    // 01 passed; the value of a failure is not public, one hospital leaves it empty.
    result: text.optional(),
    verifyType: integer,
    extInfo: z.record(z.string(), z.string()).optional(),
  }),
  rsp: ['verifyOrderId'],
  carryOut: (platform, req) => {
    const { value: person, issuedAtMs } = platform.wechatCodes.look(req.wechatCode)
    const order =
      req.orderId === undefined ? latestOrder(platform, person) : findOpenOrder(platform, req.orderId)
    const { name, idNumber, idType } = order.subject
    if (name !== req.name || idNumber !== req.idCard || idType !== req.cardType)
      throw new Refusal('orderMismatch', '姓名或证件')
    if (person !== order.person) throw new Refusal('orderMismatch', 'wechatCode 不属于发起验证的微信用户')
    if (req.verifyType !== METHODS.face.verifyType) throw new Refusal('orderMismatch', 'verifyType')
    // The code has to be fetched after the face check: the one that began this order proves nothing.
    if (req.wechatCode === order.wechatCode || issuedAtMs < order.createdAtMs)
      throw new Refusal('wechatCodeInvalid', '须为人脸核验之后重新获取的 wechatCode')
    platform.wechatCodes.spend(req.wechatCode)
    if (req.result !== PASSED) return { verifyOrderId: '' }
    const verifyOrderId = newHex()
    order.faceVerifyOrderIds.push(verifyOrderId)
    return { verifyOrderId }
  },
})

/** `orderId` is optional: the newest order of this WeChat user that is still open is meant. */
function latestOrder(platform: CardPlatform, person: string): Order {
  const newest = [...platform.orders.values()].findLast(
    (order) => order.person === person && order.state === 'open',
  )
  return findOpenOrder(platform, newest?.orderId ?? '')
}
