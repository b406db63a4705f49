import { no, type Outcome, TRANSPORT, unknown, yes } from '@zhangyi/core'
import type { WechatCaller } from '@zhangyi/wechat'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { NoticesRoom } from '../room.ts'
import type { SendingRow } from '../tables.ts'
import type { PreparedMessage } from './prepare-message.ts'

export const REQUEST_CONTEXT = 'notice_sending.request'

export interface TakenMessage {
  /** Undefined where WeChat gave none. */
  readonly msgId: string | undefined
}

/** Sends the stored bytes, the first time or again. No transaction is open. */
export async function sendStored(
  room: NoticesRoom,
  hospital: Hospital,
  { appid, request }: SendingRow,
): Promise<Outcome<TakenMessage>> {
  const caller = callerOf(room, hospital, appid)
  if (!caller || request === null)
    return no(TRANSPORT, 'the app is not configured, or its secret not readable')
  const { operation, path, body } = JSON.parse(
    room.cipher.open(request, REQUEST_CONTEXT).reveal(),
  ) as PreparedMessage
  return caller.change<TakenMessage>({
    ...{ operation, path, body: JSON.parse(body) as object },
    interpret: ({ members: { errcode, msgid } }) => {
      // Only an errcode 0 that is really there: a reply without it may come from anybody on the way.
      if (errcode !== 0) return unknown('malformed')
      const isId = typeof msgid === 'string' || Number.isSafeInteger(msgid)
      return yes({ msgId: isId ? String(msgid) : undefined })
    },
  })
}

/** Without its secret nothing was sent, which is no doubt; it may be mended while the notice waits. */
function callerOf(
  { clients, log }: NoticesRoom,
  hospital: Hospital,
  appid: string,
): WechatCaller | undefined {
  try {
    return clients.wechat(hospital, appid)
  } catch (error) {
    log.error({ err: error, hospital: hospital.id, appid }, 'no caller for a notice')
    return undefined
  }
}
