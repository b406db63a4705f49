import { z } from 'zod'
import { integer, operation, text } from '../operation.ts'
import { pageAddress, redirectTemplate } from '../redirects.ts'
import { Refusal } from '../result-codes.ts'
import { newHex, openOrder, verifyPageUrl } from '../verification/order.ts'
import { checkIdNumber } from './person-fields.ts'

/** 实人验证生成orderId. Only resident ID cards: 不得将非身份证用户以身份证类型提交验证. */
export const registerUniformVerifyOrder = operation({
  name: 'registerUniformVerifyOrder',
  zh: '实人验证生成orderId',
  req: z.object({
    cardType: text,
    idCard: text,
    name: text,
    wechatCode: text,
    ecardNo: text.optional(),
    scene: z.string().regex(/^\d{6,8}$/, '用卡环节为 6 至 8 位数字'),
    department: text.optional(),
    useCardType: text,
    cardCostTypes: text.optional(),
    verifySuccessRedirectUrl: redirectTemplate('registerOrderId'),
    verifyFailRedirectUrl: redirectTemplate(),
    faceUrl: pageAddress.optional(),
    ncidasUrl: text.optional(),
    domainChannel: integer.optional(),
  }),
  rsp: ['verifyUrl', 'verifyOrderId'],
  carryOut: (platform, req, { channelNum }) => {
    if (req.cardType !== '01') throw new Refusal('cardTypeRefused')
    checkIdNumber(platform, req.cardType, req.idCard)
    const person = platform.wechatCodes.spend(req.wechatCode)
    const order = openOrder(platform, {
      purpose: 'query',
      askedBy: 'registerUniformVerifyOrder',
      person,
      channelNum,
      wechatCode: req.wechatCode,
      verifyOrderId: newHex(),
      subject: { name: req.name, idType: req.cardType, idNumber: req.idCard, gender: '' },
      targets: {
        success: req.verifySuccessRedirectUrl,
        verifyFail: req.verifyFailRedirectUrl,
        face: req.faceUrl,
        ncidas: req.ncidasUrl,
      },
    })
    const { verifyOrderId } = order
    // One hospital reads this as "no check needed now"; the result stays `suc: false` here all the same.
    if (platform.faults.take('empty-verify-url', 'registerUniformVerifyOrder'))
      return { verifyUrl: '', verifyOrderId, protectState: 1 }
    return { verifyUrl: verifyPageUrl(platform, order), verifyOrderId, protectState: 0 }
  },
})
