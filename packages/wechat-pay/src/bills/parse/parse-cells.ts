import { type Fen, HOUR_MS, isRealDate, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { BillError } from './bill-error.ts'

const ZERO = 48
const MINUS = 45
const POINT = 46
const MAX_YUAN_DIGITS = 13
const MAX_DECIMALS = 6

/**
 * Yuan text → fen by integer arithmetic. Fees are written with up to five decimals (`7.79000`): what lies beyond the
 * fen must be zero, because a rounded sum could not be checked. Anything else throws `BillError` of kind `amount`.
 */
export function parseAmount(text: string, row: number | undefined, column: string): Fen {
  const value = fenOf(text)
  if (Number.isNaN(value)) throw new BillError('amount', { row, column })
  return value as Fen
}

function fenOf(text: string): number {
  const negative = text.charCodeAt(0) === MINUS
  const first = negative ? 1 : 0
  let value = 0
  let at = first
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (at === first || at - first > MAX_YUAN_DIGITS) return Number.NaN
  value *= 100
  if (at < text.length) {
    const decimals = text.length - at - 1
    if (text.charCodeAt(at) !== POINT || decimals < 1 || decimals > MAX_DECIMALS) return Number.NaN
    let weight = 10
    for (at += 1; at < text.length; at++) {
      const digit = text.charCodeAt(at) - ZERO
      if (digit < 0 || digit > 9 || (weight === 0 && digit !== 0)) return Number.NaN
      value += digit * weight
      weight = weight === 10 ? 1 : 0
    }
  }
  // Not `-value` for zero: -0 is another value to `Object.is` and to tests.
  return negative && value !== 0 ? -value : value
}

/** `20` or `20.0` → 20. */
export function parseCount(text: string, column: string): number {
  const match = /^(\d{1,12})(?:\.0{1,6})?$/.exec(text)
  if (!match) throw new BillError('count', { column })
  return Number(match[1])
}

export type TimeParser = (text: string, row: number, column: string) => number

// Shanghai has had one fixed offset since 1991.
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS
const TIME_OF_DAY = /^ ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/

/** `yyyy-MM-dd HH:mm:ss` in Shanghai → milliseconds. Remembers the last day, since a bill has one. */
export function createTimeParser(): TimeParser {
  let day = ''
  let dayMs = 0
  return (text, row, column) => {
    const date = text.slice(0, 10)
    if (date !== day) {
      if (!isRealDate(date)) throw new BillError('time', { row, column })
      day = date
      dayMs = Date.parse(`${date}T00:00:00Z`) - SHANGHAI_OFFSET_MS
    }
    const match = TIME_OF_DAY.exec(text.slice(10))
    if (!match) throw new BillError('time', { row, column })
    const timeMs = Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS + Number(match[3]) * SECOND_MS
    return dayMs + timeMs
  }
}
