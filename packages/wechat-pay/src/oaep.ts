import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'
import { WechatPayCryptoError, WechatPayInputError } from './errors.ts'

// RSA-OAEP spends two SHA-1 hashes and two bytes of the key's length.
const OAEP_OVERHEAD_BYTES = 42
// WeChat's keys have 2048 bits; the limit holds for a longer one too, because the platform states it so.
const MAX_PLAIN_BYTES = 214

// One page of WeChat's speaks of SHA-256, but its guide and its SDKs use SHA-1 for both hash and mask.
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' } as const

/**
 * Encrypts a sensitive field (name, bank account) for WeChat Pay, base64. Two calls give two ciphertexts: keep the bytes
 * of the first attempt and send them again. Throws `WechatPayInputError` beyond 214 bytes of UTF-8.
 */
export function encryptSensitive(text: string, publicKey: KeyObject, field = 'sensitive field'): string {
  const plain = Buffer.from(text, 'utf8')
  const modulusBytes = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  if (plain.length > Math.min(MAX_PLAIN_BYTES, modulusBytes - OAEP_OVERHEAD_BYTES))
    throw new WechatPayInputError(field, `longer than ${MAX_PLAIN_BYTES} bytes`)
  return publicEncrypt({ key: publicKey, ...OAEP }, plain).toString('base64')
}

/** Opens a sensitive field that WeChat encrypted for the merchant. Throws `WechatPayCryptoError`. */
export function decryptSensitive(ciphertext: string, privateKey: KeyObject): string {
  try {
    return privateDecrypt({ key: privateKey, ...OAEP }, Buffer.from(ciphertext, 'base64')).toString('utf8')
  } catch {
    throw new WechatPayCryptoError('ciphertext', 'sensitive field: wrong key, or changed on the way')
  }
}
