import { timingSafeEqual } from 'node:crypto'

/** Compares in constant time; only the length can be learned. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
