import type { CallbackOptions } from '@zhangyi/wechat'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { readSecret } from '../../platform/secrets/read-secret.ts'
import type { NoticesRoom } from '../room.ts'

/** Undefined where the hospital takes no message push of its official account. Throws for files that cannot be read. */
export function callbackOptions(
  { clock, cipher }: Pick<NoticesRoom, 'clock' | 'cipher'>,
  { notices: { callback }, wechat: { officialAccount } }: Hospital,
): CallbackOptions | undefined {
  if (!callback || !officialAccount) return undefined
  return {
    ...{ appid: officialAccount.appid, clock, token: readSecret(cipher, callback.tokenFile) },
    encodingAesKey: readSecret(cipher, callback.encodingAesKeyFile),
  }
}
