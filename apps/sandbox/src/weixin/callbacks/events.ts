import { SECOND_MS } from '@zhangyi/core'
import { MESSAGE_PUSH, OFFICIAL_ACCOUNT } from '../credentials.ts'
import type { SentMessage } from '../messages/inbox.ts'
import { openidOf, type WechatPerson } from '../persons.ts'

/** An event to be pushed: the inner XML, before it is sealed. */
export interface PushEvent {
  readonly name: string
  readonly openid: string
  readonly xml: string
}

export function templateFinished(
  { openid, msgId }: SentMessage,
  status: 'success' | 'failed:user block' | 'failed: system failed',
  nowMs: number,
): PushEvent {
  return event(
    'TEMPLATESENDJOBFINISH',
    openid,
    nowMs,
    `<MsgID>${msgId}</MsgID><Status><![CDATA[${status}]]></Status>`,
  )
}

/** The person began or ended to follow the official account. */
export function followChanged(person: WechatPerson, follows: boolean, nowMs: number): PushEvent {
  const openid = openidOf(OFFICIAL_ACCOUNT.appid, person)
  return event(follows ? 'subscribe' : 'unsubscribe', openid, nowMs, '<EventKey><![CDATA[]]></EventKey>')
}

function event(name: string, openid: string, nowMs: number, rest: string): PushEvent {
  const xml = `<xml><ToUserName><![CDATA[${MESSAGE_PUSH.originalId}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName><CreateTime>${Math.floor(nowMs / SECOND_MS)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${rest}</xml>`
  return { name, openid, xml }
}
