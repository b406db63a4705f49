import { assertNever } from '@zhangyi/core'
import type { Indicator } from '@zhangyi/his'
import { plainNumber } from './plain-number.ts'
import type { MARKS } from './record-views.ts'
import { parseReferenceRange, type ReferenceRange } from './reference-range.ts'

export type Mark = (typeof MARKS)[number]

export interface Marked {
  readonly mark: Mark
  readonly number: number | undefined
  readonly range: ReferenceRange | undefined
  /** The HIS says one thing, the numbers another. The HIS knows the patient's age, sex and method: it is believed. */
  readonly contradicted: boolean
}

/** How a value stands: as the HIS says, else as the numbers say, else unmarked. */
export function markIndicator(
  indicator: Pick<Indicator, 'value' | 'unit' | 'referenceRange' | 'flag'>,
): Marked {
  const { value, unit, referenceRange, flag } = indicator
  const number = plainNumber(value)
  const range = referenceRange === undefined ? undefined : parseReferenceRange(referenceRange, unit)
  const found = number !== undefined && range ? compare(number, range) : undefined
  return {
    mark: flag ?? found ?? 'unmarked',
    number,
    range,
    contradicted: flag !== undefined && found !== undefined && contradicts(flag, found),
  }
}

type Place = 'low' | 'normal' | 'high'

function compare(number: number, { low, high }: ReferenceRange): Place {
  if (low && (low.inclusive ? number < low.value : number <= low.value)) return 'low'
  if (high && (high.inclusive ? number > high.value : number >= high.value)) return 'high'
  return 'normal'
}

function contradicts(flag: Exclude<Mark, 'unmarked'>, found: Place): boolean {
  switch (flag) {
    case 'low':
    case 'normal':
    case 'high':
      return flag !== found
    // They say nothing about the side.
    case 'abnormal':
    case 'critical':
      return found === 'normal'
    default:
      return assertNever(flag)
  }
}

/** The words of a mark, so that a state is never told by colour alone. */
export function markText(mark: Mark): string {
  switch (mark) {
    case 'low':
      return '偏低 ↓'
    case 'high':
      return '偏高 ↑'
    case 'abnormal':
      return '异常'
    case 'critical':
      return '危急值'
    case 'normal':
    case 'unmarked':
      return ''
    default:
      return assertNever(mark)
  }
}

export function isAbnormal(mark: Mark): boolean {
  return mark !== 'normal' && mark !== 'unmarked'
}
