import { z } from 'zod'
import { operation, text } from '../operation.ts'
import { cardOfQrCode } from './card-of-qr-code.ts'

/** 绑定健康卡和院内ID: from now on the card carries the hospital's patient id. */
export const bindCardRelation = operation({
  name: 'bindCardRelation',
  zh: '绑定健康卡和院内ID',
  req: z.object({ patid: text, qrCodeText: text }),
  rsp: ['result'],
  carryOut: (platform, { patid, qrCodeText }) => {
    const card = cardOfQrCode(platform, qrCodeText)
    return { result: platform.cards.bind(card.healthCardId, patid) !== undefined }
  },
})
