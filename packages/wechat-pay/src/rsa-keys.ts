import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { WechatPayCryptoError } from './errors.ts'

const MIN_MODULUS_BITS = 2048

/** A private RSA key of at least 2048 bits from PEM. Parse once and keep it: parsing costs more than a signature check. */
export function readPrivateKey(pem: string): KeyObject {
  return checked(() => createPrivateKey(pem), 'private key')
}

/** A public RSA key of at least 2048 bits from PEM (a certificate's PEM gives its key). */
export function readPublicKey(pem: string): KeyObject {
  return checked(() => createPublicKey(pem), 'public key')
}

export function checkRsaKey(key: KeyObject, what: string): KeyObject {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < MIN_MODULUS_BITS)
    throw new WechatPayCryptoError('key', `${what}: not an RSA key of at least ${MIN_MODULUS_BITS} bits`)
  return key
}

function checked(read: () => KeyObject, what: string): KeyObject {
  let key: KeyObject
  try {
    key = read()
  } catch {
    // The reason of the library is left out: some versions repeat parts of the input in it.
    throw new WechatPayCryptoError('key', `${what}: not readable as PEM`)
  }
  return checkRsaKey(key, what)
}
