import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { WechatCallbackError } from './callback-error.ts'
import { type CallbackOptions, callbackKey } from './callback-options.ts'

const RANDOM_BYTES = 16
const LENGTH_BYTES = 4
// Not the 16 bytes of the cipher: WeChat fills up to 32, which the library's own padding neither makes nor takes.
const BLOCK_BYTES = 32

type Keys = Pick<CallbackOptions, 'appid' | 'encodingAesKey'>

/** AES-256-CBC over 16 random bytes, the length of the message (big-endian), the message and the appid; Base64. */
export function encryptMessage(keys: Keys, message: string, random = randomBytes(RANDOM_BYTES)): string {
  const key = callbackKey(keys)
  const bytes = Buffer.from(message, 'utf8')
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(bytes.byteLength)
  const plain = Buffer.concat([random, length, bytes, Buffer.from(keys.appid, 'utf8')])
  const fill = BLOCK_BYTES - (plain.byteLength % BLOCK_BYTES)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(fill, fill)),
    cipher.final(),
  ]).toString('base64')
}

/** The message. Its signature was checked before, so that padding is no oracle. Throws `WechatCallbackError`. */
export function decryptMessage(keys: Keys, encrypted: string): string {
  const key = callbackKey(keys)
  if (!/^[0-9A-Za-z+/]+={0,2}$/.test(encrypted)) throw new WechatCallbackError('cipher')
  const sealed = Buffer.from(encrypted, 'base64')
  if (sealed.byteLength === 0 || sealed.byteLength % BLOCK_BYTES !== 0)
    throw new WechatCallbackError('cipher')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = withoutFill(Buffer.concat([decipher.update(sealed), decipher.final()]))
  if (plain.byteLength < RANDOM_BYTES + LENGTH_BYTES) throw new WechatCallbackError('cipher')
  const start = RANDOM_BYTES + LENGTH_BYTES
  const end = start + plain.readUInt32BE(RANDOM_BYTES)
  if (end > plain.byteLength) throw new WechatCallbackError('cipher')
  if (plain.subarray(end).toString('utf8') !== keys.appid) throw new WechatCallbackError('appid')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain.subarray(start, end))
  } catch {
    throw new WechatCallbackError('cipher')
  }
}

function withoutFill(padded: Buffer): Buffer {
  const fill = padded.at(-1) ?? 0
  if (fill < 1 || fill > BLOCK_BYTES || !padded.subarray(-fill).every((byte) => byte === fill))
    throw new WechatCallbackError('cipher')
  return padded.subarray(0, -fill)
}
