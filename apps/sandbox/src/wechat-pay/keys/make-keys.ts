import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { DAY_MS } from '@zhangyi/core'
import { makeCertificate } from './make-certificate.ts'

const CERTIFICATE_YEARS = 5

export interface PlatformCertificate {
  readonly serial: string
  readonly pem: string
  readonly privateKeyPem: string
  readonly effectiveMs: number
  readonly expireMs: number
  /** From when on answers and callbacks are signed with it; it is handed out before. */
  readonly signsFromMs: number
}

/** Every key pair of the simulation, the merchant's included: there is no console where one could apply for it. */
export interface PayKeys {
  readonly merchantSerial: string
  readonly merchantPrivateKeyPem: string
  /** `PUB_KEY_ID_` and 30 characters, as on the real console. */
  readonly publicKeyId: string
  readonly wechatPrivateKeyPem: string
  /** Newest last. */
  readonly certificates: readonly PlatformCertificate[]
}

// Three RSA keys take some 300 ms: a process that builds many sandboxes, as tests do, makes them once.
let madeInThisProcess: PayKeys | undefined

export function makeKeys(nowMs: number): PayKeys {
  madeInThisProcess ??= {
    merchantSerial: newSerial(),
    merchantPrivateKeyPem: newPrivateKey(),
    publicKeyId: `PUB_KEY_ID_01${randomBytes(14).toString('hex').replace(/\D/g, '7')}`,
    wechatPrivateKeyPem: newPrivateKey(),
    certificates: [newPlatformCertificate(nowMs - DAY_MS, nowMs - DAY_MS)],
  }
  return madeInThisProcess
}

export function newPlatformCertificate(effectiveMs: number, signsFromMs: number): PlatformCertificate {
  const privateKeyPem = newPrivateKey()
  const serial = newSerial()
  const expireMs = effectiveMs + CERTIFICATE_YEARS * 365 * DAY_MS
  const names = { commonName: 'Tenpay.com Root CA (sandbox)', organisation: '掌医沙箱' }
  const pem = makeCertificate({ privateKeyPem, serial, ...names, effectiveMs, expireMs })
  return { serial, pem, privateKeyPem, effectiveMs, expireMs, signsFromMs }
}

/** 40 upper-case hex digits, the first between 1 and 7. */
export function newSerial(): string {
  const bytes = randomBytes(20)
  bytes[0] = 0x10 | ((bytes[0] ?? 0) & 0x6f)
  return bytes.toString('hex').toUpperCase()
}

export function publicPem(privateKeyPem: string): string {
  return createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString()
}

function newPrivateKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
}
