import { createCipheriv, generateKeyPairSync, sign } from 'node:crypto'
import type { EncryptedResource } from '../aead.ts'
import { answerMessage } from '../verify.ts'
import { selfSignedCertificate } from './self-signed-certificate.ts'

export const API_V3_KEY = 'an-APIv3-key-of-thirty-two-bytes'
export const MERCHANT_SERIAL = '4A5B6C7D8E9F'
export const PUBLIC_KEY_ID = 'PUB_KEY_ID_0114232134912410000000000000'
export const CERTIFICATE_SERIAL = '8F3A5B6C7D8E9F00112233445566778899AABBCC'

// One set for each test file: making a key takes a noticeable part of a second.
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })

export const MERCHANT = {
  ...merchant,
  pem: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}
/** One pair plays both the public key and the platform certificate. */
export const PLATFORM = {
  ...platform,
  publicKeyPem: platform.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  certificatePem: selfSignedCertificate(platform.privateKey, CERTIFICATE_SERIAL),
}

/** The four headers that WeChat Pay puts on an answer or a callback. */
export function signAsPlatform(rawBody: Uint8Array, nowMs: number, serial = PUBLIC_KEY_ID) {
  const timestamp = String(Math.floor(nowMs / 1000))
  const nonce = 'c5ac7061fccab6bf3e254dcf98995b8c'
  const message = answerMessage(timestamp, nonce, rawBody)
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': sign('sha256', message, PLATFORM.privateKey).toString('base64'),
  }
}

/** AEAD_AES_256_GCM as WeChat Pay seals a resource. */
export function sealResource(plain: string, associatedData = '', key = API_V3_KEY): EncryptedResource {
  const nonce = 'fdasflkja484'
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  cipher.setAAD(Buffer.from(associatedData))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { ciphertext: sealed.toString('base64'), nonce, associated_data: associatedData }
}
