import QRCode from 'qrcode'
import { z } from 'zod'
import { operation, text } from '../operation.ts'
import { Refusal } from '../result-codes.ts'

const STATIC = '1'

/** 获取健康卡二维码. A real PNG, base64 without the data prefix; codeType 0 dynamic (default), 1 static. */
export const getDynamicQRCode = operation({
  name: 'getDynamicQRCode',
  zh: '获取健康卡二维码',
  req: z.object({
    healthCardId: text,
    idType: text,
    idNumber: text,
    // Public code bases disagree on the type.
    codeType: z.union([z.enum(['0', '1']), z.literal(0), z.literal(1)]).optional(),
  }),
  rsp: ['qrCodeText', 'qrCodeImg'],
  carryOut: async (platform, { healthCardId, idType, idNumber, codeType = '0' }) => {
    const card = platform.cards.byId(healthCardId)
    if (card?.idType !== idType || card.idNumber !== idNumber) throw new Refusal('cardNotFound')
    const qrCodeText =
      String(codeType) === STATIC ? card.qrCodeText : platform.qrCodes.issue(card.healthCardId)
    const png = await QRCode.toBuffer(qrCodeText, { errorCorrectionLevel: 'M', margin: 2, width: 320 })
    return { qrCodeText, qrCodeImg: png.toString('base64'), color: 0, ext: '', healthCardId }
  },
})
