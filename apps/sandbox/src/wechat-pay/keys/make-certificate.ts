import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { bits, explicit, integer, nothing, objectId, sequence, set, time, utf8 } from './der.ts'

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'
const COMMON_NAME = '2.5.4.3'
const ORGANISATION = '2.5.4.10'

export interface CertificateWish {
  readonly privateKeyPem: string
  /** Hex, 40 digits, first one 1–7: positive and without a leading zero that some readers drop. */
  readonly serial: string
  readonly commonName: string
  readonly organisation: string
  readonly effectiveMs: number
  readonly expireMs: number
}

/** A self-signed X.509 v3 certificate as PEM. */
export function makeCertificate(wish: CertificateWish): string {
  const privateKey = createPrivateKey(wish.privateKeyPem)
  const algorithm = sequence(objectId(SHA256_WITH_RSA), nothing())
  const name = sequence(
    set(sequence(objectId(ORGANISATION), utf8(wish.organisation))),
    set(sequence(objectId(COMMON_NAME), utf8(wish.commonName))),
  )
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.from(wish.serial, 'hex')),
    algorithm,
    name,
    sequence(time(wish.effectiveMs), time(wish.expireMs)),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  )
  const certificate = sequence(toBeSigned, algorithm, bits(sign('sha256', toBeSigned, privateKey)))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
