import type { Hospital } from '../platform/hospitals/hospitals.ts'
import { drawCode128, drawQrCode } from './draw-code.ts'

type VisitCardSymbol = Hospital['cardCode']['visitCardSymbol']

export interface VisitCardCode {
  readonly symbol: VisitCardSymbol
  readonly image: string
  /** In groups of four, as a clerk reads it. */
  readonly number: string
}

// What Code 128 can hold.
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/

// No card has more; what a HIS put there by mistake would make modules too small for a scanner, or none at all.
const MAX_LENGTH = 64

/**
 * The visit card's own code in the hospital's symbol; a number that no bar code can hold becomes a QR code. Undefined
 * for what is no card number.
 */
export async function drawVisitCard(
  number: string,
  wanted: VisitCardSymbol,
): Promise<VisitCardCode | undefined> {
  if (number.length > MAX_LENGTH) return undefined
  const symbol = wanted === 'code128' && PRINTABLE_ASCII.test(number) ? 'code128' : 'qr'
  const image = symbol === 'code128' ? await drawCode128(number) : await drawQrCode(number)
  return { symbol, image, number: inFours(number) }
}

function inFours(number: string): string {
  return (number.match(/.{1,4}/gu) ?? []).join(' ')
}
