import { type Fen, fen } from '@zhangyi/core'
import { BillError } from './bill-error.ts'
import { parseAmount, parseCount } from './parse-cells.ts'

/** Adds without ever rounding: beyond 2^53 the sum would be wrong and could still compare equal. */
export function addExactly(sum: number, amount: number): number {
  const next = sum + amount
  if (!Number.isSafeInteger(next)) throw new BillError('amount')
  return next
}

/** Compares a sum of the rows with the summary's text; an absent optional total is not compared. */
export function compareAmount(column: string, stated: string | undefined, seen: number): Fen {
  if (stated !== undefined) {
    const expected = parseAmount(stated, undefined, column)
    if (expected !== seen) throw new BillError('control-totals', { column, expected, seen })
  }
  return fen(seen)
}

export function compareCount(column: string, stated: string | undefined, seen: number): number {
  if (stated !== undefined) {
    const expected = parseCount(stated, column)
    if (expected !== seen) throw new BillError('control-totals', { column, expected, seen })
  }
  return seen
}
