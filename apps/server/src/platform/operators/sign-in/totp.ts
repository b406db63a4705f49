import { createHmac, randomBytes } from 'node:crypto'

// RFC 6238 as every authenticator app has it: SHA-1, six digits, thirty seconds.
const STEP_MS = 30_000
const DIGITS = 6
/** A phone's clock may be so many steps away. */
const DRIFT = 1
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 bits, in the letters that are typed in by hand where the picture cannot be read. */
export function newTotpSecret(): string {
  return Array.from(randomBytes(32), (byte) => BASE32[byte % BASE32.length]).join('')
}

/** What the picture says to an authenticator app. */
export function totpAddress(secret: string, loginName: string, issuer: string): string {
  const label = encodeURIComponent(`${issuer}:${loginName}`)
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&digits=${DIGITS}&period=30`
}

/** The step of a right code that is newer than the one that was taken last; undefined for any other. */
export function stepOfCode(
  secret: string,
  code: string,
  nowMs: number,
  lastStep: number | null,
): number | undefined {
  const now = Math.floor(nowMs / STEP_MS)
  for (let step = now - DRIFT; step <= now + DRIFT; step++)
    if ((lastStep === null || step > lastStep) && totpCode(secret, step) === code) return step
  return undefined
}

export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const at = (digest.at(-1) ?? 0) & 0xf
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The step of a moment, as a test or an app counts it. */
export function totpStep(nowMs: number): number {
  return Math.floor(nowMs / STEP_MS)
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}
