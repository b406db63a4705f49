import type { CallContext, UsageReport } from '@zhangyi/health-card'
import type { Cipher } from '../platform/crypto/cipher.ts'

const CONTEXT = 'usage_event.content'

/** What is sent, and in whose name. */
export interface EventContent {
  readonly report: UsageReport
  readonly context: CallContext
}

export function sealContent(cipher: Cipher, content: EventContent): Buffer {
  return cipher.seal(JSON.stringify(content), CONTEXT)
}

/** Throws `CipherError` for what was sealed under another key. */
export function openContent(cipher: Cipher, sealed: Buffer): EventContent {
  return JSON.parse(cipher.open(sealed, CONTEXT).reveal()) as EventContent
}
