import {
  constants,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { BoundedMap } from '../../kit/bounded-map.ts'

export interface EncryptedResource {
  readonly algorithm: 'AEAD_AES_256_GCM'
  readonly ciphertext: string
  readonly nonce: string
  readonly associated_data: string
}

/** AES-256-GCM under the APIv3 key; the tag is the last 16 bytes of the ciphertext. */
export function encryptResource(plain: string, apiV3Key: string, associatedData: string): EncryptedResource {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce))
  cipher.setAAD(Buffer.from(associatedData))
  const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  const algorithm = 'AEAD_AES_256_GCM'
  return { algorithm, ciphertext: bytes.toString('base64'), nonce, associated_data: associatedData }
}

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' } as const

export function encryptOaep(plain: string, key: string): string {
  return publicEncrypt({ key, ...OAEP }, Buffer.from(plain)).toString('base64')
}

/** Undefined when the text was not encrypted for this key. */
export function decryptOaep(base64: string, privateKeyPem: string): string | undefined {
  try {
    return privateDecrypt({ key: privateKeyPem, ...OAEP }, Buffer.from(base64, 'base64')).toString('utf8')
  } catch {
    return undefined
  }
}

// Reading a PEM costs as much as a verification, and there are only a few of them.
const read = new BoundedMap<string, KeyObject>(32)

function keyOf(pem: string, make: (pem: string) => KeyObject): KeyObject {
  const known = read.get(pem) ?? make(pem)
  read.set(pem, known)
  return known
}

/** SHA256withRSA, PKCS#1 v1.5, base64. */
export function signText(text: string | Uint8Array, privateKeyPem: string): string {
  return sign('sha256', Buffer.from(text), keyOf(privateKeyPem, createPrivateKey)).toString('base64')
}

export function verifies(text: string | Uint8Array, signature: string, publicKeyPem: string): boolean {
  return verify(
    'sha256',
    Buffer.from(text),
    keyOf(publicKeyPem, createPublicKey),
    Buffer.from(signature, 'base64'),
  )
}
