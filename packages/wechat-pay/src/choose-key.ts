import { WechatPayInputError } from './errors.ts'
import type { KeyRing, RingKey } from './key-ring.ts'

/**
 * The key that encrypts sensitive fields and that answers are asked to be signed with: the configured one, else the only
 * public key, else the certificate that ends last. Throws `WechatPayInputError` if there is none.
 */
export function chooseKey(ring: KeyRing, encryptWith: string | undefined): RingKey {
  const key = encryptWith === undefined ? defaultKey(ring) : ring.find(encryptWith)
  if (!key) throw new WechatPayInputError('encryptWith', 'no such key in the ring')
  return key
}

/** Its serial, if there is one yet: the first call of all may be the one that fetches the certificates. */
export function chosenSerial(ring: KeyRing, encryptWith: string | undefined): string | undefined {
  return encryptWith ?? defaultKey(ring)?.serial
}

function defaultKey(ring: KeyRing): RingKey | undefined {
  const keys = ring.keys()
  const publicKeys = keys.filter(({ kind }) => kind === 'public-key')
  // Two public keys leave open which one this merchant has switched to: then it must be configured.
  if (publicKeys.length > 0) return publicKeys.length === 1 ? publicKeys[0] : undefined
  return keys.toSorted((left, right) => (right.expiresAtMs ?? 0) - (left.expiresAtMs ?? 0))[0]
}
