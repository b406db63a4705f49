import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { MESSAGE_PUSH, OFFICIAL_ACCOUNT } from '../credentials.ts'

// WeChat pads to 32 bytes although AES works in blocks of 16.
const BLOCK_BYTES = 32

/** SHA-1 hex of the parts, sorted and joined: of three for a plain push, of four with the sealed text. */
export function pushSignature(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}

/** Base64 of 16 random bytes, the length in 4, the text and the appid, by AES-256-CBC with the key's start as IV. */
export function sealPush(text: string): string {
  const key = Buffer.from(`${MESSAGE_PUSH.encodingAesKey}=`, 'base64')
  const body = Buffer.from(text, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([randomBytes(16), length, body, Buffer.from(OFFICIAL_ACCOUNT.appid)])
  const padding = BLOCK_BYTES - (plain.length % BLOCK_BYTES)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(padding, padding)),
    cipher.final(),
  ]).toString('base64')
}
