import { WechatCallbackError } from './callback-error.ts'
import { textOf } from './open-callback.ts'
import type { CallbackDocument } from './read-document.ts'

/** What became of a template message: the event TEMPLATESENDJOBFINISH. */
export interface TemplateDelivery {
  /** That of `sendTemplateMessage`; the state of that message is to be updated. */
  readonly msgId: string
  /** `blocked`: the user refuses messages of this account, another channel is needed. */
  readonly state: 'delivered' | 'blocked' | 'failed'
}

/** Undefined for another message or event. Throws `WechatCallbackError('malformed')` if it names no message. */
export function readTemplateDelivery({ members }: CallbackDocument): TemplateDelivery | undefined {
  if (textOf(members, 'Event')?.toUpperCase() !== 'TEMPLATESENDJOBFINISH') return undefined
  const msgId = textOf(members, 'MsgID') ?? textOf(members, 'MsgId')
  const status = textOf(members, 'Status')?.trim().toLowerCase()
  if (msgId === undefined || status === undefined) throw new WechatCallbackError('malformed')
  if (status === 'success') return { msgId, state: 'delivered' }
  return { msgId, state: /^failed:\s*user block/.test(status) ? 'blocked' : 'failed' }
}
