import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { Cipher } from '../../crypto/cipher.ts'
import type { KeyKind } from './key-places.ts'

/** What may be told of a key. */
export interface KeyFacts {
  /** Of a pair: of the public half, so that private key and certificate of one pair have the same. */
  readonly fingerprint: string
  readonly serial: string | undefined
  readonly expiresAtMs: number | undefined
}

/** `zh` says what is wrong with it and what to do, and nothing of what is in it. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
}

const LEAST_BITS = 2_048
const LONGEST_SECRET = 512

/** Reads a key of a kind. Throws `KeyError`. */
export function readKey(cipher: Pick<Cipher, 'blindIndex'>, kind: KeyKind, text: string): KeyFacts {
  switch (kind) {
    case 'private-key':
      return pairFacts(createPublicKey(privateKeyIn(text)))
    case 'public-key':
      return pairFacts(publicKeyIn(text))
    case 'certificate':
      return certificateFacts(certificateIn(text))
    case 'api-v3':
      if (Buffer.byteLength(text) !== 32)
        throw new KeyError('APIv3 密钥应当正好 32 个字符，请在商户平台重新设置')
      return secretFacts(cipher, text)
    case 'aes':
      if (!/^[0-9A-Za-z]{43}$/.test(text)) throw new KeyError('EncodingAESKey 应为 43 位字母或数字')
      return secretFacts(cipher, text)
    case 'secret':
      if (text.includes('\n') || text.length > LONGEST_SECRET || text.includes('-----BEGIN'))
        throw new KeyError('应当是一行文字，不是 PEM，也没有换行')
      return secretFacts(cipher, text)
  }
}

export function privateKeyIn(text: string): KeyObject {
  if (text.includes('CERTIFICATE')) throw new KeyError('这是证书，不是私钥：请选 apiclient_key.pem')
  const key = attempt(
    () => createPrivateKey(text),
    '读不出私钥：应当是没有口令的 PEM（apiclient_key.pem 的全部内容）',
  )
  return requireRsa(key)
}

function publicKeyIn(text: string): KeyObject {
  // Node would take the public half out of these, and somebody would have put the wrong file there.
  if (text.includes('PRIVATE KEY'))
    throw new KeyError('这是私钥，不是微信支付公钥：请选 pub_key.pem，私钥不要外传')
  if (text.includes('CERTIFICATE')) throw new KeyError('这是证书，不是微信支付公钥：请选 pub_key.pem')
  return requireRsa(attempt(() => createPublicKey(text), '读不出公钥：应当是 PEM（pub_key.pem 的全部内容）'))
}

export function certificateIn(text: string): X509Certificate {
  if (text.includes('PRIVATE KEY')) throw new KeyError('这是私钥，不是证书：私钥不要外传')
  return attempt(
    () => new X509Certificate(text),
    '读不出证书：应当是 PEM（-----BEGIN CERTIFICATE----- 开头）',
  )
}

function attempt<T>(read: () => T, zh: string): T {
  try {
    return read()
  } catch {
    // What the library says may quote a piece of the key.
    throw new KeyError(zh)
  }
}

function requireRsa(key: KeyObject): KeyObject {
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType !== 'rsa') throw new KeyError('应当是 RSA 密钥')
  if (modulusLength < LEAST_BITS) throw new KeyError(`只有 ${modulusLength} 位，至少要 ${LEAST_BITS} 位`)
  return key
}

export function certificateFacts(certificate: X509Certificate): KeyFacts {
  return {
    ...pairFacts(certificate.publicKey),
    serial: certificate.serialNumber,
    expiresAtMs: Date.parse(certificate.validTo),
  }
}

function pairFacts(key: KeyObject): KeyFacts {
  const digest = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
  return { fingerprint: readable(digest), serial: undefined, expiresAtMs: undefined }
}

/** Keyed: a short secret could be guessed from a bare digest. */
function secretFacts(cipher: Pick<Cipher, 'blindIndex'>, text: string): KeyFacts {
  return {
    fingerprint: readable(cipher.blindIndex(text, 'key-fingerprint').toString('hex')),
    serial: undefined,
    expiresAtMs: undefined,
  }
}

function readable(hex: string): string {
  return (hex.slice(0, 32).match(/.{4}/g) ?? []).join(' ').toUpperCase()
}
