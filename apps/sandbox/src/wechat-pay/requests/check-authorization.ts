import { MINUTE_MS } from '@zhangyi/core'
import { MCHID } from '../credentials.ts'
import { PayRefusal } from '../errors.ts'
import { verifies } from '../keys/cipher.ts'
import type { PayPlatform } from '../platform.ts'

const SCHEME = 'WECHATPAY2-SHA256-RSA2048'
const CLOCK_WINDOW_MS = 5 * MINUTE_MS
const FIELDS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const

export interface SignedRequest {
  readonly method: string
  /** Path and query exactly as they came over the wire. */
  readonly url: string
  readonly body: Uint8Array
  readonly authorization: string | undefined
}

/**
 * Checks who calls; throws SIGN_ERROR, whatever is wrong. The clock comes first, as on the real platform: a wrong
 * clock hides a wrong key. Returns the merchant that signed.
 */
export function checkAuthorization(
  platform: PayPlatform,
  request: SignedRequest,
  anyMerchant = false,
): string {
  const { method, url, body, authorization = '' } = request
  const [scheme, rest = ''] = authorization.split(/ (.*)/s)
  if (scheme !== SCHEME) throw refused('Http头Authorization认证类型不正确', 'Authorization', scheme)
  const given = Object.fromEntries(
    [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  )
  const missing = FIELDS.find((field) => !given[field])
  if (missing) throw refused(`Http头Authorization值格式错误，缺少 ${missing}`, 'Authorization', missing)
  const { mchid, nonce_str: nonce, signature, timestamp, serial_no: serial } = given as Record<string, string>

  const atMs = /^\d{1,12}$/.test(String(timestamp)) ? Number(timestamp) * 1_000 : Number.NaN
  if (!platform.callersClock.accepts(atMs, CLOCK_WINDOW_MS))
    throw refused('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', 'timestamp', timestamp)
  const { merchantSerial } = platform.keys.all
  if (serial !== merchantSerial || (mchid !== MCHID && !anyMerchant))
    throw refused('商户证书序列号有误，请使用签名私钥匹配的证书序列号', 'serial_no', serial)
  const message = Buffer.concat([
    Buffer.from(`${method}\n${url}\n${timestamp}\n${nonce}\n`),
    body,
    Buffer.from('\n'),
  ])
  if (!verifies(message, String(signature), platform.keys.merchantPublicKeyPem))
    throw refused('错误的签名，验签失败', 'signature', undefined, message.toString('utf8'))
  platform.callersClock.remember(atMs, CLOCK_WINDOW_MS)
  return String(mchid)
}

function refused(message: string, field: string, value?: string, signedText?: string): PayRefusal {
  return new PayRefusal('SIGN_ERROR', message, {
    field,
    issue: message,
    location: 'authorization',
    ...(value !== undefined && { value }),
    // As the real platform does: what it verified against, so that a developer sees the difference.
    ...(signedText !== undefined && {
      sign_information: { truncated_sign_message: signedText.slice(0, 512) },
    }),
  })
}
