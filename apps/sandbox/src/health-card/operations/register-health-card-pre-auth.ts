import { z } from 'zod'
import { integer, operation, text } from '../operation.ts'
import { pageAddress, redirectTemplate } from '../redirects.ts'
import { newHex } from '../verification/order.ts'

/** 绑卡验证授权. The wechatCode is looked at here and spent only when a card was registered. */
export const registerHealthCardPreAuth = operation({
  name: 'registerHealthCardPreAuth',
  zh: '绑卡验证授权',
  req: z.object({
    wechatCode: text,
    patientType: z.union([z.literal(0), z.literal(1)]).optional(),
    successRedirectUrl: redirectTemplate('healthCode'),
    failRedirectUrl: redirectTemplate('regInfoCode'),
    userFormPageUrl: redirectTemplate('authCode'),
    faceUrl: pageAddress,
    ncidasUrl: text.optional(),
    verifyFailRedirectUrl: redirectTemplate(),
    domainChannel: integer.optional(),
  }),
  rsp: ['bindCardUrl'],
  carryOut: (platform, req, { channelNum }) => {
    const { value: person } = platform.wechatCodes.look(req.wechatCode)
    const flowId = newHex()
    platform.flows.set(flowId, {
      flowId,
      person,
      wechatCode: req.wechatCode,
      channelNum,
      targets: {
        success: req.successRedirectUrl,
        fail: req.failRedirectUrl,
        userForm: req.userFormPageUrl,
        verifyFail: req.verifyFailRedirectUrl,
        face: req.faceUrl,
        ncidas: req.ncidasUrl,
      },
      createdAtMs: platform.clock.nowMs(),
    })
    return { bindCardUrl: `${platform.baseUrl}/open/bindCard?flow=${flowId}` }
  },
})
