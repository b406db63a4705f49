import type { Outcome } from '@zhangyi/core'
import type { WechatCaller } from '../call/create-caller.ts'
import { requireForm, WechatInputError } from '../errors.ts'
import { type AcceptedMessage, accepted, ID } from './send-template-message.ts'
import { type MessageText, revealed } from './template-data.ts'
import { cutTo, tidy } from './tidy-text.ts'

/** Where a member of `business_info` comes from: one of our facts by name, or a fixed text. */
export type ChannelField =
  | { readonly from: string; readonly optional?: boolean; readonly limit?: number }
  | { readonly fixed: string }

/** The page behind a message, as the hospital's list of statuses spells it. */
export type ChannelPage = Readonly<Record<string, string>> & { readonly page_type: string }

/**
 * One message of 就医助手. Statuses and their fields stand only in tables that WeChat hands to the hospital, so they
 * are configuration: e.g. `{ status: 1501001, fields: { pat_name: { from: 'patientName' } } }`.
 */
export interface ChannelTemplate {
  readonly status: number
  /** By member of `business_info`. */
  readonly fields: Readonly<Record<string, ChannelField>>
  readonly page?: ChannelPage
  readonly elderPage?: ChannelPage
}

export interface ChannelOptions {
  /** 150 in the public document. */
  readonly businessId?: number
}

export interface ChannelMessage {
  /** Of the official account, or of a mini program of the same subject. */
  readonly openid: string
  /** One for an episode of care: its messages make one journey. */
  readonly orderId: string
  /** Our number of the message, unique for openid and orderId: WeChat sends one of a number only. */
  readonly msgId: string
  /** Our facts by the names that the template uses. A name or number of a person is masked by then. */
  readonly facts: Readonly<Record<string, MessageText>>
}

const DEFAULT_BUSINESS_ID = 150
const OUR_NUMBER = /^[0-9A-Za-z_-]{1,64}$/

/**
 * `POST /cityservice/sendchannelmsg` (微信就医助手), with the caller of the official account in which
 * it was opened. After `unknown` the same
 * message may be sent again under the same `msgId`. Throws `WechatInputError` before sending.
 */
export async function sendChannelMessage(
  caller: WechatCaller,
  template: ChannelTemplate,
  { openid, orderId, msgId, facts }: ChannelMessage,
  { businessId = DEFAULT_BUSINESS_ID }: ChannelOptions = {},
): Promise<Outcome<AcceptedMessage>> {
  const { status, page, elderPage } = template
  if (!Number.isSafeInteger(status) || status <= 0) throw new WechatInputError('status', 'form')
  return caller.change({
    operation: 'sendChannelMessage',
    path: '/cityservice/sendchannelmsg',
    body: {
      status,
      open_id: requireForm('openid', openid, ID),
      order_id: requireForm('orderId', orderId, OUR_NUMBER),
      msg_id: requireForm('msgId', msgId, OUR_NUMBER),
      app_id: caller.appid,
      business_id: businessId,
      business_info: {
        ...fieldsOf(template, facts),
        ...(page && { redirect_page: page }),
        ...(elderPage && { elder_redirect_page: elderPage }),
      },
    },
    interpret: accepted,
  })
}

function fieldsOf(
  { fields }: ChannelTemplate,
  facts: ChannelMessage['facts'],
): Readonly<Record<string, string>> {
  const entries = Object.entries(fields).flatMap(([name, field]): [string, string][] => {
    if ('fixed' in field) return [[name, field.fixed]]
    const fact = Object.hasOwn(facts, field.from) ? facts[field.from] : undefined
    const text = fact === undefined ? '' : tidy(revealed(fact))
    if (text !== '') return [[name, field.limit === undefined ? text : cutTo(text, field.limit)]]
    if (field.optional) return []
    throw new WechatInputError(name, 'missing')
  })
  return Object.fromEntries(entries)
}
