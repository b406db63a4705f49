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

/** The visit card's own code in the hospital's symbol; a number that no bar code can hold becomes a QR code. */
export async function drawVisitCard(number: string, wanted: VisitCardSymbol): Promise<VisitCardCode> {
  const symbol = wanted === 'code128' && PRINTABLE_ASCII.test(number) ? 'code128' : 'qr'
  const image = symbol === 'code128' ? await drawCode128(number) : await drawQrCode(number)
  return { symbol, image, number: inFours(number) }
}

function inFours(number: string): string {
  return (number.match(/.{1,4}/gu) ?? []).join(' ')
}
