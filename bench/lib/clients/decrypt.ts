import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import { decryptResource, readApiV3Key } from '@zhangyi/wechat-pay'
import { API_V3_KEY, library, transferAnswer } from './fixtures.ts'

const NONCE = '4d8a1c0b9e2f'
const AAD = 'mch_payment'
const TAG_BYTES = 16
const secret = createSecretKey(API_V3_KEY, 'utf8')
const cipher = createCipheriv('aes-256-gcm', secret, NONCE).setAAD(Buffer.from(AAD))
const sealed = Buffer.concat([cipher.update(transferAnswer, 'utf8'), cipher.final(), cipher.getAuthTag()])
const resource = { ciphertext: sealed.toString('base64'), nonce: NONCE, associated_data: AAD }
const key = readApiV3Key(API_V3_KEY)

/** Ours for one callback: base64, key and nonce checked, opened, as text. */
export function decryptOurs(): string {
  return decryptResource(resource, key).toString('utf8')
}

/** The library's for one callback, with the key as its documentation passes it: the text. */
export function decryptLibrary(): string {
  return library.Aes.AesGcm.decrypt(resource.ciphertext, API_V3_KEY, resource.nonce, resource.associated_data)
}

/** The floor: the least code that opens one resource from the same inputs, with the key prepared. No checks, no errors. */
export function decryptBare(): string {
  const bytes = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', secret, NONCE)
    .setAAD(Buffer.from(AAD))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  const text = decipher.update(bytes.subarray(0, -TAG_BYTES))
  decipher.final()
  return text.toString('utf8')
}
