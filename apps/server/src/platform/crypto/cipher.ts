import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'
import { Sensitive, sensitive } from '@zhangyi/core'

// Layout of a sealed value: version (1 byte) | nonce (12) | tag (16) | ciphertext.
const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

export class CipherError extends Error {
  override readonly name = 'CipherError'
}

/**
 * Encrypts personal data at rest (AES-256-GCM) and makes keyed blind indexes for lookup (HMAC-SHA-256).
 * `context` names table and column and is authenticated, so that a value cannot be moved to another column.
 */
export class Cipher {
  // Key objects: made of bytes at each call, a key costs five times what sealing a row does.
  readonly #encryptionKey: KeyObject
  readonly #indexKey: KeyObject

  /** @param masterKeyHex 64 hex digits; both working keys are derived from it. */
  constructor(masterKeyHex: string) {
    if (!/^[0-9a-f]{64}$/i.test(masterKeyHex)) throw new CipherError('主密钥必须是 64 位十六进制')
    const master = Buffer.from(masterKeyHex, 'hex')
    this.#encryptionKey = keyOf(hkdfSync('sha256', master, '', 'zhangyi data encryption 1', 32))
    this.#indexKey = keyOf(hkdfSync('sha256', master, '', 'zhangyi blind index 1', 32))
  }

  seal(value: Sensitive | string | Uint8Array, context: string): Buffer {
    const nonce = newNonce()
    const cipher = createCipheriv('aes-256-gcm', this.#encryptionKey, nonce).setAAD(Buffer.from(context))
    const plain = value instanceof Sensitive ? value.reveal() : value
    // GCM is a stream: nothing is left for `final`, which makes the tag.
    const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
    cipher.final()
    const sealed = Buffer.allocUnsafe(HEAD_BYTES + body.length)
    sealed[0] = VERSION
    nonce.copy(sealed, 1)
    cipher.getAuthTag().copy(sealed, 1 + NONCE_BYTES)
    body.copy(sealed, HEAD_BYTES)
    return sealed
  }

  open(sealed: Buffer, context: string): Sensitive {
    return sensitive(this.openBytes(sealed, context).toString('utf8'))
  }

  /** Of a file that leaves as it is: nothing prints or logs it on the way. */
  openBytes(sealed: Buffer, context: string): Buffer {
    if (sealed[0] !== VERSION || sealed.length < HEAD_BYTES) throw new CipherError('not a sealed value')
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
    const tag = sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', this.#encryptionKey, nonce)
      .setAAD(Buffer.from(context))
      .setAuthTag(tag)
    try {
      const body = decipher.update(sealed.subarray(HEAD_BYTES))
      return Buffer.concat([body, decipher.final()])
    } catch {
      throw new CipherError(`sealed value of ${context} does not open: wrong key or altered data`)
    }
  }

  /** The same value under the same purpose always gives the same index; without the key it tells nothing. */
  blindIndex(value: Sensitive | string, purpose: string): Buffer {
    const text = value instanceof Sensitive ? value.reveal() : value
    return createHmac('sha256', this.#indexKey).update(`${purpose}\0${text}`).digest()
  }
}

// Random bytes are asked for in bulk: one question for twelve of them costs a quarter of what sealing does.
const NONCES_AT_ONCE = 256
const nonces = Buffer.alloc(NONCES_AT_ONCE * NONCE_BYTES)
let usedBytes = nonces.length

function newNonce(): Buffer {
  if (usedBytes >= nonces.length) {
    randomFillSync(nonces)
    usedBytes = 0
  }
  usedBytes += NONCE_BYTES
  return nonces.subarray(usedBytes - NONCE_BYTES, usedBytes)
}

function keyOf(bytes: ArrayBuffer): KeyObject {
  return createSecretKey(Buffer.from(bytes))
}
