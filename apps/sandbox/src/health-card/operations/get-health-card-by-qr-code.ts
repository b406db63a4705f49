import { z } from 'zod'
import { operation, text } from '../operation.ts'
import { cardOfQrCode } from './card-of-qr-code.ts'
import { cardReply } from './card-reply.ts'

/** 通过二维码获取健康卡. The only reply that carries `relation`. */
export const getHealthCardByQRCode = operation({
  name: 'getHealthCardByQRCode',
  zh: '通过二维码获取健康卡',
  req: z.object({ qrCodeText: text }),
  rsp: ['card'],
  carryOut: (platform, { qrCodeText }) => {
    const card = cardOfQrCode(platform, qrCodeText)
    return { card: { ...cardReply(card), relation: card.relation ?? '' } }
  },
})
