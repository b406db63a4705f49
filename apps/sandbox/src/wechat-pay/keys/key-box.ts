import { decryptOaep } from './cipher.ts'
import { makeKeys, newPlatformCertificate, type PayKeys, publicPem } from './make-keys.ts'

export interface SigningKey {
  readonly serial: string
  readonly privateKeyPem: string
}

/** Keys and the question which of them signs now. Keys are made at the first use. */
export class KeyBox {
  #keys: PayKeys | undefined
  #merchantPublicKeyPem: string | undefined
  #publicKeyPem: string | undefined
  readonly #nowMs: () => number
  readonly #onMade: () => void
  /** Share of signatures made with the public key's pair while WeChat switches over, 0–1. */
  publicKeyShare = 0
  /** The merchant was opened after autumn 2024: no platform certificate at all. */
  publicKeyOnly = false
  #carry = 0

  constructor(kept: PayKeys | undefined, nowMs: () => number, onMade: () => void) {
    this.#keys = kept
    this.#nowMs = nowMs
    this.#onMade = onMade
  }

  /** What to persist; undefined as long as nobody needed a key. */
  get kept(): PayKeys | undefined {
    return this.#keys
  }

  get all(): PayKeys {
    if (!this.#keys) {
      this.#keys = makeKeys(this.#nowMs())
      this.#onMade()
    }
    return this.#keys
  }

  get merchantPublicKeyPem(): string {
    this.#merchantPublicKeyPem ??= publicPem(this.all.merchantPrivateKeyPem)
    return this.#merchantPublicKeyPem
  }

  get publicKeyPem(): string {
    this.#publicKeyPem ??= publicPem(this.all.wechatPrivateKeyPem)
    return this.#publicKeyPem
  }

  /** A second certificate that overlaps the first; it begins to sign after `signsInMs`. */
  rotateCertificate(signsInMs: number): string {
    const nowMs = this.#nowMs()
    const fresh = newPlatformCertificate(nowMs, nowMs + signsInMs)
    // WeChat never shows more than two or three at a time.
    this.#keys = { ...this.all, certificates: [...this.all.certificates, fresh].slice(-3) }
    this.#onMade()
    return fresh.serial
  }

  /** The key for an answer (named by the request's `Wechatpay-Serial`, if it names one) or for a callback. */
  signingKey(wanted?: string): SigningKey {
    const { publicKeyId: serial, wechatPrivateKeyPem: privateKeyPem, certificates } = this.all
    const publicKey = { serial, privateKeyPem }
    if (this.publicKeyOnly || wanted === serial) return publicKey
    const named = certificates.find((one) => one.serial === wanted)
    if (named) return named
    // Spread evenly instead of diced: half the share is every other answer, and a test can count on it.
    this.#carry += this.publicKeyShare
    if (this.#carry >= 1 - 1e-9) {
      this.#carry -= 1
      return publicKey
    }
    const nowMs = this.#nowMs()
    return certificates.findLast((one) => one.signsFromMs <= nowMs) ?? certificates[0] ?? publicKey
  }

  /** Opens a field that was encrypted with the key of this serial; undefined when key or text are wrong. */
  open(base64: string, serial: string | undefined): string | undefined {
    const { publicKeyId, wechatPrivateKeyPem, certificates } = this.all
    const privateKeyPem =
      serial === publicKeyId
        ? wechatPrivateKeyPem
        : certificates.find((one) => one.serial === serial && !this.publicKeyOnly)?.privateKeyPem
    return privateKeyPem === undefined ? undefined : decryptOaep(base64, privateKeyPem)
  }
}
