import { unknown } from '@zhangyi/core'
import {
  sendChannelMessage,
  sendSubscribeMessage,
  sendTemplateMessage,
  type WechatCaller,
  WechatInputError,
} from '@zhangyi/wechat'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { candidatesOf, fitProblem, fitsLimit } from '../../platform/hospitals/notice-texts.ts'
import type {
  NoticeChannel,
  NoticeField,
  NoticeKind,
  TemplateMessageConfig,
} from '../../platform/hospitals/notices-config.ts'
import type { NoticeContent } from '../notice-content.ts'
import { INPUT, NO_OPENID } from './refusals.ts'

/** A request as it goes to WeChat: what is stored before it is sent, and sent again as it is. */
export interface PreparedMessage {
  readonly operation: string
  readonly path: string
  readonly body: string
}

export type Prepared =
  | { readonly appid: string; readonly message: PreparedMessage }
  /** Not sent: nobody to send it to, or a text that WeChat would refuse. */
  | { readonly appid: string; readonly refused: string }

export interface ToPrepare {
  readonly noticeId: string
  readonly kind: NoticeKind
  readonly journey: string
  readonly content: NoticeContent
  readonly createdAtMs: number
  readonly openids: ReadonlyMap<string, string>
  readonly publicOrigin: string
}

/** The exact request of one channel, with the texts and masks as they are configured now. */
export async function prepareMessage(
  hospital: Hospital,
  channel: NoticeChannel,
  notice: ToPrepare,
): Promise<Prepared> {
  const { miniProgram, officialAccount } = hospital.wechat
  const appid = (channel === 'subscribe' ? miniProgram : officialAccount)?.appid
  if (appid === undefined) throw new Error(`${channel} without its app`)
  const openid = openidFor(hospital, channel, notice.openids)
  if (openid === undefined) return { appid, refused: NO_OPENID }
  try {
    return { appid, message: await keep(appid, (caller) => send(caller, hospital, channel, notice, openid)) }
  } catch (error) {
    if (!(error instanceof WechatInputError)) throw error
    return { appid, refused: `${INPUT}:${error.field}:${error.problem}` }
  }
}

/** 就医助手 takes an openid of the official account or of its mini program, which more patients have. */
function openidFor(
  { wechat: { miniProgram, officialAccount } }: Hospital,
  channel: NoticeChannel,
  openids: ToPrepare['openids'],
): string | undefined {
  const of = (app: { readonly appid: string } | undefined) => (app ? openids.get(app.appid) : undefined)
  switch (channel) {
    case 'assistant':
      return of(miniProgram) ?? of(officialAccount)
    case 'template':
      return of(officialAccount)
    case 'subscribe':
      return of(miniProgram)
  }
}

/** Lets the client write its request and keeps it instead of sending it. */
async function keep(
  appid: string,
  send: (caller: WechatCaller) => Promise<unknown>,
): Promise<PreparedMessage> {
  const kept: PreparedMessage[] = []
  await send({
    appid,
    change: async ({ operation, path, body }) => {
      kept.push({ operation, path, body: JSON.stringify(body) })
      return unknown('kept')
    },
    read: async () => {
      throw new Error('a message is no read')
    },
  })
  const [message] = kept
  if (!message) throw new Error('the client wrote no request')
  return message
}

function send(
  caller: WechatCaller,
  hospital: Hospital,
  channel: NoticeChannel,
  notice: ToPrepare,
  openid: string,
): Promise<unknown> {
  const { notices, wechat } = hospital
  const { kind, journey, content, publicOrigin } = notice
  // One for all repetitions of one notice: 32 characters are the most that a template message takes.
  const msgId = notice.noticeId.slice(-32)
  const pageOf = (page: string | undefined) => page ?? content.page
  const mini = wechat.miniProgram?.appid
  switch (channel) {
    case 'assistant': {
      const { messages, businessId, pageType } = configured(notices.assistant)
      const { status, fields, page } = configured(messages[kind] ?? messages.default)
      const target = pageOf(page)
      return sendChannelMessage(
        caller,
        {
          status,
          fields: fixedFields(fields, ({ show, limit }) =>
            chooseText(hospital, notice, show, (text) => (fitsLimit(text, limit) ? undefined : 'too-long')),
          ),
          page:
            mini === undefined
              ? { page_type: 'web', url: `${publicOrigin}/h5/${target}` }
              : { page_type: pageType, appid: mini, path: target },
        },
        { openid, orderId: journey, msgId, facts: {} },
        { businessId },
      )
    }
    case 'template': {
      const { messages } = configured(notices.template)
      const message = configured(messages[kind] ?? messages.default)
      const target = pageOf(message.page)
      return sendTemplateMessage(
        caller,
        {
          ...{ openid, templateId: message.templateId, texts: templateTexts(hospital, notice, message) },
          ...(mini === undefined
            ? { url: `${publicOrigin}/h5/${target}` }
            : { miniProgram: { appid: mini, pagePath: target } }),
          clientMsgId: msgId,
        },
        { approved: message.approved },
      )
    }
    case 'subscribe': {
      const { messages, miniProgramState } = configured(notices.subscribe)
      const message = configured(messages[kind] ?? messages.default)
      return sendSubscribeMessage(
        caller,
        {
          ...{ openid, templateId: message.templateId, texts: templateTexts(hospital, notice, message) },
          ...{ page: pageOf(message.page), miniProgramState },
        },
        { approved: message.approved },
      )
    }
  }
}

function configured<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('a channel that is not configured was chosen')
  return part
}

function templateTexts(
  hospital: Hospital,
  notice: ToPrepare,
  message: TemplateMessageConfig,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(message.fields).map(([key, field]) => [
      key,
      chooseText(hospital, notice, field, (text) => fitProblem(key, text, message), key),
    ]),
  )
}

function fixedFields<F>(
  fields: Readonly<Record<string, F>>,
  textOf: (field: F) => string,
): Readonly<Record<string, { readonly fixed: string }>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { fixed: textOf(field) }]))
}

/** The first text that fits whole. Throws `WechatInputError` where none does. */
function chooseText(
  { notices }: Hospital,
  { kind, content, createdAtMs }: ToPrepare,
  field: NoticeField,
  problemOf: (text: string) => string | undefined,
  name = 'field',
): string {
  const texts = candidatesOf(notices, kind, field, { ...content, atMs: createdAtMs })
  const chosen = texts.find((text) => problemOf(text) === undefined)
  if (chosen === undefined) throw new WechatInputError(name, 'form')
  return chosen
}
