import { halfWidth } from './half-width.ts'
import { NUMBER_PATTERN, plainNumber } from './plain-number.ts'

export interface Bound {
  readonly value: number
  /** Whether the bound itself is still within. */
  readonly inclusive: boolean
}

export interface ReferenceRange {
  readonly low: Bound | undefined
  readonly high: Bound | undefined
}

const NUMBER = `-?${NUMBER_PATTERN}`
const ONE_SIDED = new RegExp(`^(<=|>=|<|>)(${NUMBER})$`)
const BETWEEN = new RegExp(`^(${NUMBER})[~至](${NUMBER})$`)
const WITH_HYPHEN = new RegExp(`^(${NUMBER})-(${NUMBER})$`)
const WITH_TWO_HYPHENS = new RegExp(`^(${NUMBER})--(${NUMBER_PATTERN})$`)

/**
 * The bounds of a range as laboratories print it: `3.5-9.5`, `3.5～9.5`, `3.5--9.5`, `(3.5-9.5)`, `≤5.0`, `<5.2`, `>40`,
 * with or without the indicator's own unit behind it. Undefined for what is not understood, and for what can be read
 * in two ways (`-3--1`): a mark is never a guess.
 */
export function parseReferenceRange(text: string, unit?: string): ReferenceRange | undefined {
  const plain = tidy(text, unit)
  const oneSided = ONE_SIDED.exec(plain)
  if (oneSided) return oneSidedOf(oneSided[1] ?? '', oneSided[2] ?? '')
  const readings = [BETWEEN, WITH_HYPHEN, WITH_TWO_HYPHENS]
    .map((pattern) => pattern.exec(plain))
    .map((match) => (match ? between(match[1] ?? '', match[2] ?? '') : undefined))
    .filter((range) => range !== undefined)
  return readings.length === 1 ? readings[0] : undefined
}

function tidy(text: string, unit: string | undefined): string {
  const compact = compactOf(text)
  const ownUnit = unit === undefined ? '' : compactOf(unit)
  const bare = ownUnit !== '' && compact.endsWith(ownUnit) ? compact.slice(0, -ownUnit.length) : compact
  // Only what would stand there without its unit: `5-10` with the unit `0` must not become `5-1`.
  const number = ownUnit !== '' && /^\d/.test(ownUnit) && /\d$/.test(bare) ? spaced(text, unit) : bare
  return /^\(([^()]*)\)$/.exec(number)?.[1] ?? number
}

/** A unit that begins with a digit (`10^9/L`) is only told from the number before it by a space. */
function spaced(text: string, unit: string | undefined): string {
  const whole = halfWidth(text).trim()
  const last = halfWidth(unit ?? '').trim()
  return whole.endsWith(` ${last}`) ? compactOf(whole.slice(0, -last.length)) : compactOf(whole)
}

function compactOf(text: string): string {
  return halfWidth(text)
    .replace(/\s+/g, '')
    .replaceAll('≤', '<=')
    .replaceAll('≥', '>=')
    .replaceAll('≦', '<=')
    .replaceAll('≧', '>=')
    .replace(/[–−﹣]/g, '-')
    .replace(/[—―]+/g, '~')
    .replace(/[∼〜˜]/g, '~')
}

function oneSidedOf(sign: string, number: string): ReferenceRange | undefined {
  const value = plainNumber(number)
  if (value === undefined) return undefined
  const bound = { value, inclusive: sign.endsWith('=') }
  return sign.startsWith('<') ? { low: undefined, high: bound } : { low: bound, high: undefined }
}

function between(from: string, to: string): ReferenceRange | undefined {
  const [low, high] = [plainNumber(from), plainNumber(to)]
  if (low === undefined || high === undefined || low > high) return undefined
  return { low: { value: low, inclusive: true }, high: { value: high, inclusive: true } }
}
