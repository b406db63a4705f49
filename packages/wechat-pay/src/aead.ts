import { createDecipheriv, createSecretKey, KeyObject } from 'node:crypto'
import { WechatPayCryptoError } from './errors.ts'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** APIv3密钥: the 32-character text itself, or the key that `readApiV3Key` made of it once. */
export type ApiV3Key = string | KeyObject

/** Encrypted part of a callback or of an entry in the list of certificates. */
export interface EncryptedResource {
  /** Base64; its last 16 bytes are the tag. */
  readonly ciphertext: string
  /** 12 characters. */
  readonly nonce: string
  readonly associated_data?: string | null | undefined
}

/** Throws `WechatPayCryptoError` of kind `key` unless the text is exactly 32 bytes: shorter ones would weaken AES. */
export function readApiV3Key(key: ApiV3Key): KeyObject {
  if (key instanceof KeyObject) {
    if (key.type === 'secret' && key.symmetricKeySize === KEY_BYTES) return key
  } else if (Buffer.byteLength(key) === KEY_BYTES) return createSecretKey(key, 'utf8')
  throw new WechatPayCryptoError('key', `APIv3 key: not ${KEY_BYTES} bytes`)
}

/**
 * AEAD_AES_256_GCM. Throws `WechatPayCryptoError`: `key`, or `ciphertext` for anything that was changed. The base64 is
 * not checked by itself: whatever was altered fails at the tag.
 */
export function decryptResource(resource: EncryptedResource, apiV3Key: ApiV3Key): Buffer {
  const key = readApiV3Key(apiV3Key)
  const { ciphertext, nonce } = resource
  const sealed = Buffer.from(ciphertext, 'base64')
  if (sealed.length < TAG_BYTES || Buffer.byteLength(nonce) !== NONCE_BYTES)
    throw new WechatPayCryptoError('ciphertext', 'resource: malformed')
  const end = sealed.length - TAG_BYTES
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(resource.associated_data ?? '', 'utf8'))
    decipher.setAuthTag(sealed.subarray(end))
    const plain = decipher.update(sealed.subarray(0, end))
    // GCM gives everything in `update`; `final` only checks the tag.
    decipher.final()
    return plain
  } catch {
    throw new WechatPayCryptoError('ciphertext', 'resource: wrong key, or changed on the way')
  }
}
