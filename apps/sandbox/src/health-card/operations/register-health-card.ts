import { z } from 'zod'
import { integer, operation, text } from '../operation.ts'
import { adminExt } from './card-reply.ts'
import { checkIdNumber, personFields } from './person-fields.ts'

/** 注册健康卡（旧直建流程）: registers at once, without the platform's pages. Spends the wechatCode on success. */
export const registerHealthCard = operation({
  name: 'registerHealthCard',
  zh: '注册健康卡（旧直建流程）',
  req: z.object({
    wechatCode: text,
    ...personFields,
    patid: text.optional(),
    openId: text.optional(),
    wechatUrl: text.optional(),
    registerOrderId: text.optional(),
    isCheck: integer.optional(),
    adminExt: text.optional(),
  }),
  rsp: ['qrCodeText', 'healthCardId', 'phid', 'adminExt'],
  carryOut: (platform, req) => {
    platform.wechatCodes.look(req.wechatCode)
    checkIdNumber(platform, req.idType, req.idNumber)
    const person = platform.wechatCodes.spend(req.wechatCode)
    const { name, gender, nation, birthday, idNumber, idType, address, phone1, phone2 } = req
    const { relation, ext, childInfo, patid } = req
    const data = { name, gender, nation, birthday, idNumber, idType, address, phone1, phone2 }
    // Nobody was checked on a page; the platform does not call this card verified.
    const card = platform.cards.put(person, { ...data, relation, ext, childInfo }, false)
    if (patid !== undefined) platform.cards.bind(card.healthCardId, patid)
    const { qrCodeText, healthCardId, phid } = card
    return { qrCodeText, healthCardId, phid, adminExt: adminExt(card) }
  },
})
