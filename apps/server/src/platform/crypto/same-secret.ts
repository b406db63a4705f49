import { timingSafeEqual } from 'node:crypto'

/** Compares without telling by its time how much was right. Texts of another length are wrong, which may be known. */
export function sameSecret(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
