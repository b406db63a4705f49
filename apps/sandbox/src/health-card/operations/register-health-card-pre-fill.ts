import { z } from 'zod'
import { integer, operation, Remark, text } from '../operation.ts'
import { pageAddress, redirectTemplate } from '../redirects.ts'
import { openOrder, verifyPageUrl } from '../verification/order.ts'
import { checkIdNumber, personFields } from './person-fields.ts'

/** 验证注册/绑卡. Takes the hospital's form to a verification page; the authCode is spent when that page exists. */
export const registerHealthCardPreFill = operation({
  name: 'registerHealthCardPreFill',
  zh: '验证注册/绑卡',
  req: z.object({
    authCode: text,
    ...personFields,
    clientInfo: z.looseObject({}).optional(),
    successRedirectUrl: redirectTemplate('healthCode'),
    failRedirectUrl: redirectTemplate('regInfoCode'),
    verifyFailRedirectUrl: redirectTemplate(),
    faceUrl: pageAddress,
    ncidasUrl: text.optional(),
    domainChannel: integer.optional(),
  }),
  rsp: ['verifyUrl'],
  carryOut: (platform, req, { channelNum }) => {
    const { value: flow } = platform.authCodes.look(req.authCode)
    checkIdNumber(platform, req.idType, req.idNumber)
    // Refused: the authCode stays good, so that the patient can correct and send again.
    if (platform.faults.take('empty-verify-url', 'registerHealthCardPreFill'))
      return new Remark({ verifyUrl: '' }, '信息校验未通过，请核对后重新提交')
    platform.authCodes.spend(req.authCode)
    const { name, gender, nation, birthday, idNumber, idType, address, phone1, phone2 } = req
    const order = openOrder(platform, {
      purpose: 'bind',
      askedBy: 'registerHealthCardPreFill',
      person: flow.person,
      channelNum,
      wechatCode: flow.wechatCode,
      subject: {
        ...{ name, gender, nation, birthday, idNumber, idType, address, phone1, phone2 },
        ...{ relation: req.relation, ext: req.ext, childInfo: req.childInfo },
      },
      targets: {
        success: req.successRedirectUrl,
        fail: req.failRedirectUrl,
        verifyFail: req.verifyFailRedirectUrl,
        face: req.faceUrl,
        ncidas: req.ncidasUrl,
      },
    })
    return { verifyUrl: verifyPageUrl(platform, order) }
  },
})
