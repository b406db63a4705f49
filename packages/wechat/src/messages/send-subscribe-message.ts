import type { Outcome } from '@zhangyi/core'
import type { WechatCaller } from '../call/create-caller.ts'
import { requireForm } from '../errors.ts'
import { type AcceptedMessage, accepted, ID, PAGE_WITH_QUERY } from './send-template-message.ts'
import { type TemplateRules, type TemplateTexts, templateData } from './template-data.ts'

export interface SubscribeMessage {
  /** Of the mini program. */
  readonly openid: string
  readonly templateId: string
  readonly texts: TemplateTexts
  /** With its query. */
  readonly page?: string
  readonly miniProgramState?: 'developer' | 'trial' | 'formal'
}

/**
 * `POST /cgi-bin/message/subscribe/send`, with the caller of the mini program. Spends one acceptance of the user, "always
 * keep" or not. There is no number against sending twice: after `unknown` it is not sent again, another channel is
 * used. What to do with a `no`: `subscribeAdvice`. Throws `WechatInputError` before sending.
 */
export async function sendSubscribeMessage(
  caller: WechatCaller,
  { openid, templateId, texts, page, miniProgramState = 'formal' }: SubscribeMessage,
  rules: TemplateRules = {},
): Promise<Outcome<AcceptedMessage>> {
  return caller.change({
    operation: 'sendSubscribeMessage',
    path: '/cgi-bin/message/subscribe/send',
    body: {
      touser: requireForm('openid', openid, ID),
      template_id: requireForm('templateId', templateId, ID),
      ...(page !== undefined && { page: requireForm('page', page, PAGE_WITH_QUERY) }),
      data: templateData(texts, rules),
      miniprogram_state: miniProgramState,
      lang: 'zh_CN',
    },
    interpret: accepted,
  })
}
