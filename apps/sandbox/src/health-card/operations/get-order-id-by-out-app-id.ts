import { z } from 'zod'
import { HEALTH_CARD_APP } from '../credentials.ts'
import { operation, text } from '../operation.ts'
import { Refusal } from '../result-codes.ts'
import { newHex } from '../verification/order.ts'
import { cardOfQrCode } from './card-of-qr-code.ts'

/** 获取卡包订单ID, with which `open/takeMsCard` puts the card into WeChat's card package. */
export const getOrderIdByOutAppId = operation({
  name: 'getOrderIdByOutAppId',
  zh: '获取卡包订单ID',
  req: z.object({ appId: text.optional(), qrCodeText: text }),
  rsp: ['orderId'],
  carryOut: (platform, { appId, qrCodeText }) => {
    if (appId !== undefined && appId !== HEALTH_CARD_APP.appId) throw new Refusal('appUnknown')
    const orderId = newHex()
    platform.packageOrders.set(orderId, cardOfQrCode(platform, qrCodeText).healthCardId)
    return { orderId }
  },
})
