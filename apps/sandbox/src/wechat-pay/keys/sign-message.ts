import { randomBytes } from 'node:crypto'
import { signText } from './cipher.ts'
import type { SigningKey } from './key-box.ts'

/** `wrong`: a signature that does not verify. `probe`: WeChat's own probe traffic, which must not verify either. */
export type SignatureKind = 'genuine' | 'wrong' | 'probe'

const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/'

/** The headers by which an answer or a callback is verified: over timestamp, nonce and the body's exact text. */
export function signMessage(
  key: SigningKey,
  body: string,
  nowMs: number,
  kind: SignatureKind = 'genuine',
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1_000))
  const nonce = randomBytes(16).toString('hex')
  const text = `${timestamp}\n${nonce}\n${body}\n`
  const signature = signText(kind === 'wrong' ? `${text}x` : text, key.privateKeyPem)
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': key.serial,
    'Wechatpay-Signature': kind === 'probe' ? `${PROBE_PREFIX}${signature}` : signature,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}
