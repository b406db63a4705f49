import type { Indicator } from '../../reports.ts'
import { between } from '../random-of.ts'

/** Reference ranges differ by who it is. */
export type Body = 'man' | 'woman' | 'child'

/** Something that a laboratory measures in numbers. */
export interface Analyte {
  readonly code: string
  readonly name: string
  /** Empty for a ratio. */
  readonly unit: string
  readonly low: number | undefined
  readonly high: number | undefined
  readonly decimals: number
  /** How the laboratory writes the range, e.g. `<7.0`; `low-high` when absent, nothing without bounds. */
  readonly printed: string | undefined
}

/** `low` and `high` are what is still normal. */
export function analyte(
  code: string,
  name: string,
  unit: string,
  [low, high]: readonly [number | undefined, number | undefined],
  decimals: number,
  printed?: string,
): Analyte {
  return { code, name, unit, low, high, decimals, printed }
}

/** A value as printed, with the mark that follows from its own range; `critical` is the laboratory's judgement. */
export function measure(one: Analyte, value: number, critical = false): Indicator {
  const { code, name, unit, low, high } = one
  const text = value.toFixed(one.decimals)
  return {
    code,
    name,
    value: text,
    unit: unit === '' ? undefined : unit,
    referenceRange: one.printed ?? (low === undefined || high === undefined ? undefined : `${low}-${high}`),
    flag: critical ? 'critical' : flagOf(Number(text), low, high),
  }
}

function flagOf(value: number, low: number | undefined, high: number | undefined): Indicator['flag'] {
  // Without a range the laboratory says nothing, and so nothing is marked.
  if (low === undefined && high === undefined) return undefined
  if (low !== undefined && value < low) return 'low'
  return high !== undefined && value > high ? 'high' : 'normal'
}

/** Below what the method can count: `<0.01`. */
export function below(one: Analyte, limit: string): Indicator {
  const flag = one.low !== undefined && Number(limit) <= one.low ? 'low' : 'normal'
  return { ...measure(one, Number(limit)), value: `<${limit}`, flag }
}

/** A number inside the range, not close to its ends. */
export function normalValue(random: () => number, { low, high }: Analyte): number {
  const share = between(random, 20, 80) / 100
  if (low !== undefined && high !== undefined) return low + (high - low) * share
  return high !== undefined ? high * share * 0.6 : (low ?? 1) * (1.1 + share)
}
