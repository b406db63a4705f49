import type { CallbackOptions } from '@zhangyi/wechat'
import { type Hospital, readSecret } from '../../platform/hospitals/hospitals.ts'
import type { NoticesRoom } from '../room.ts'

/** Undefined where the hospital takes no message push of its official account. Throws for files that cannot be read. */
export function callbackOptions(
  { clock }: Pick<NoticesRoom, 'clock'>,
  { notices: { callback }, wechat: { officialAccount } }: Hospital,
): CallbackOptions | undefined {
  if (!callback || !officialAccount) return undefined
  return {
    ...{ appid: officialAccount.appid, clock, token: readSecret(callback.tokenFile) },
    encodingAesKey: readSecret(callback.encodingAesKeyFile),
  }
}
