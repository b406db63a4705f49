import { z } from 'zod'
import { integer, operation, text } from '../operation.ts'
import { Refusal } from '../result-codes.ts'
import { METHODS } from '../verification/methods.ts'
import { findOpenOrder } from '../verification/order.ts'

/** 实人用户信息获取. Whom the hospital's face page has to check; both inputs arrive in that page's query. */
export const getOrderInfoByOrderId = operation({
  name: 'getOrderInfoByOrderId',
  zh: '实人用户信息获取',
  req: z.object({ orderId: text, verifyType: integer }),
  rsp: ['name', 'idCard', 'cardType'],
  carryOut: (platform, { orderId, verifyType }) => {
    const { subject } = findOpenOrder(platform, orderId)
    if (verifyType !== METHODS.face.verifyType) throw new Refusal('orderMismatch', 'verifyType')
    return { name: subject.name, idCard: subject.idNumber, cardType: subject.idType }
  },
})
