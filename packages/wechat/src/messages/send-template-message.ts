import { type Outcome, unknown, yes } from '@zhangyi/core'
import type { WechatCaller } from '../call/create-caller.ts'
import { idTextOf, type Reply } from '../call/read-reply.ts'
import { requireForm } from '../errors.ts'
import { type TemplateRules, type TemplateTexts, templateData } from './template-data.ts'

export interface MiniProgramPage {
  /** Of a mini program that is linked to the official account. */
  readonly appid: string
  /** With its query; it holds short random keys, never anything of a person. */
  readonly pagePath: string
}

export interface TemplateMessage {
  /** Of the official account. */
  readonly openid: string
  readonly templateId: string
  readonly texts: TemplateTexts
  readonly url?: string
  /** Wins over `url`. */
  readonly miniProgram?: MiniProgramPage
  /** Our number of the message: WeChat sends one of a number only, within about ten minutes. */
  readonly clientMsgId: string
}

/** `yes` is "accepted", not "delivered"; that is told later by the event TEMPLATESENDJOBFINISH with this number. */
export interface AcceptedMessage {
  /** Undefined where WeChat gave none. */
  readonly msgId: string | undefined
}

/**
 * `POST /cgi-bin/message/template/send`, with the caller of the official account. After `unknown` the same message may
 * be sent again under the same `clientMsgId` within ten minutes. What to do with a `no`: `templateAdvice`.
 * Throws `WechatInputError` before sending.
 */
export async function sendTemplateMessage(
  caller: WechatCaller,
  message: TemplateMessage,
  rules: TemplateRules = {},
): Promise<Outcome<AcceptedMessage>> {
  const { openid, templateId, texts, url, miniProgram, clientMsgId } = message
  return caller.change({
    operation: 'sendTemplateMessage',
    path: '/cgi-bin/message/template/send',
    body: {
      touser: requireForm('openid', openid, ID),
      template_id: requireForm('templateId', templateId, ID),
      ...(url !== undefined && { url: requireForm('url', url, /^https?:\/\/[\x21-\x7e]{1,1000}$/) }),
      ...(miniProgram && {
        miniprogram: {
          appid: requireForm('miniProgram.appid', miniProgram.appid, ID),
          pagepath: requireForm('miniProgram.pagePath', miniProgram.pagePath, PAGE_WITH_QUERY),
        },
      }),
      data: templateData(texts, rules),
      client_msg_id: requireForm('clientMsgId', clientMsgId, /^[0-9A-Za-z_-]{1,32}$/),
    },
    interpret: accepted,
  })
}

export const ID = /^[\x21-\x7e]{1,128}$/
export const PAGE_WITH_QUERY = /^[\x21-\x7e]{1,1024}$/

/** Only an errcode 0 that is really there: a reply without it may come from anybody on the way. */
export function accepted({ members }: Reply): Outcome<AcceptedMessage> {
  if (members['errcode'] !== 0) return unknown('malformed')
  return yes({ msgId: idTextOf(members['msgid']) })
}
