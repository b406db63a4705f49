import { halfWidth } from './half-width.ts'

/** Digits with at most one point. A plus is no sign here: `+1` on a urine strip is a grade. */
export const NUMBER_PATTERN = String.raw`\d{1,9}(?:\.\d{1,9})?`
const PLAIN = new RegExp(`^-?${NUMBER_PATTERN}$`)

/** The number that a printed value is, or undefined for anything else: `<0.01`, `阴性(-)`, `5.6↑`, `1,000`. */
export function plainNumber(text: string): number | undefined {
  const plain = halfWidth(text).trim().replace(/^−/, '-')
  if (!PLAIN.test(plain)) return undefined
  const number = Number(plain)
  return Object.is(number, -0) ? 0 : number
}
