import iconv from 'iconv-lite'
import { ExchangeFailure, MALFORMED, NOT_ENCODABLE } from '../call/exchange-failure.ts'

export const CHARSETS = ['utf-8', 'gbk', 'gb18030'] as const
export type Charset = (typeof CHARSETS)[number]

/**
 * Throws `ExchangeFailure('not-encodable')` if the charset lacks a character: an encoder alone would write `?`, and
 * the patient 𠮷… would be filed under another name for good.
 */
export function encodeText(text: string, charset: Charset): Uint8Array {
  const bytes = charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, charset)
  if (new TextDecoder(charset, { ignoreBOM: true }).decode(bytes) !== text)
    throw new ExchangeFailure(NOT_ENCODABLE)
  return bytes
}

/** Decodes by the configured charset, whatever the reply declares. Throws `ExchangeFailure('malformed')`. */
export function decodeText(bytes: Uint8Array, charset: Charset): string {
  if (charset !== 'utf-8' && isSurelyUtf8(bytes))
    throw new ExchangeFailure(MALFORMED, `UTF-8 where ${charset} is configured`)
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    throw new ExchangeFailure(MALFORMED, `not ${charset}`)
  }
}

/**
 * GBK reads most UTF-8 without an error, as other characters: an archive under such a name would be somebody
 * else's. Chinese in UTF-8 takes three bytes from E3–E9; text of GBK that is valid UTF-8 and has two of these does
 * not come up in practice, and if it did, the reply would be refused, not misread.
 */
function isSurelyUtf8(bytes: Uint8Array): boolean {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return false
  }
  return (text.match(/[\u3000-\u9fff]/g)?.length ?? 0) >= 2
}
