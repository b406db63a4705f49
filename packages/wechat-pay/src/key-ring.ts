import { type KeyObject, X509Certificate } from 'node:crypto'
import { WechatPayCryptoError } from './errors.ts'
import { checkRsaKey, readPublicKey } from './rsa-keys.ts'

const PUBLIC_KEY_ID = /^PUB_KEY_ID_[0-9A-Za-z_]{1,64}$/

export interface RingKey {
  /** As the `Wechatpay-Serial` header names it: hex serial of a certificate, or `PUB_KEY_ID_…`. */
  readonly serial: string
  readonly kind: 'certificate' | 'public-key'
  readonly key: KeyObject
  /** End of a certificate in ms since 1970; a public key has none. For health checks: an expired one still verifies. */
  readonly expiresAtMs: number | undefined
}

export interface PublicKeyPem {
  /** `PUB_KEY_ID_…`. */
  readonly id: string
  readonly pem: string
}

export interface VerificationCounters {
  /** Deliberately wrong signatures that WeChat sends to test us; they must fail, and no alarm belongs to them. */
  probes: number
  /** Every other failed verification. */
  failures: number
}

/**
 * WeChat Pay's verifying keys by serial. Certificates and public keys stand side by side, because WeChat moves a
 * merchant from one to the other over about a week and signs with either during it.
 *
 * An expired certificate is kept on purpose: refusing its signatures would make the outcome of a payment unknown
 * because of our own late refresh. `expiresAtMs` lets a health check complain in time.
 */
export class KeyRing {
  readonly counters: VerificationCounters = { probes: 0, failures: 0 }
  readonly #keys = new Map<string, RingKey>()

  /** Adds a platform certificate under the serial written in it, and returns it. Throws `WechatPayCryptoError`. */
  addCertificate(pem: string): RingKey {
    const certificate = readCertificate(pem)
    const serial = normalSerial(certificate.serialNumber)
    const expiresAtMs = Date.parse(certificate.validTo)
    return this.#add({
      serial,
      kind: 'certificate',
      key: checkRsaKey(certificate.publicKey, 'platform certificate'),
      expiresAtMs: Number.isNaN(expiresAtMs) ? undefined : expiresAtMs,
    })
  }

  /** Adds a WeChat Pay public key. Throws `WechatPayCryptoError`. */
  addPublicKey({ id, pem }: PublicKeyPem): RingKey {
    if (!PUBLIC_KEY_ID.test(id)) throw new WechatPayCryptoError('key', 'public key id: not PUB_KEY_ID_…')
    return this.#add({ serial: id, kind: 'public-key', key: readPublicKey(pem), expiresAtMs: undefined })
  }

  find(serial: string): RingKey | undefined {
    return this.#keys.get(serial) ?? this.#keys.get(normalSerial(serial))
  }

  keys(): readonly RingKey[] {
    return [...this.#keys.values()]
  }

  #add(entry: RingKey): RingKey {
    this.#keys.set(entry.serial, entry)
    return entry
  }
}

export interface KeyRingSources {
  /** PEM of X.509 platform certificates. */
  readonly platformCertificates?: readonly string[]
  readonly publicKeys?: readonly PublicKeyPem[]
}

export function createKeyRing({ platformCertificates = [], publicKeys = [] }: KeyRingSources): KeyRing {
  const ring = new KeyRing()
  for (const pem of platformCertificates) ring.addCertificate(pem)
  for (const key of publicKeys) ring.addPublicKey(key)
  return ring
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new WechatPayCryptoError('key', 'platform certificate: not readable as X.509 PEM')
  }
}

// Hex serials are compared without leading zeros and in upper case: tools print both forms.
function normalSerial(serial: string): string {
  return serial.startsWith('PUB_KEY_ID_') ? serial : serial.toUpperCase().replace(/^0+(?=.)/, '')
}
