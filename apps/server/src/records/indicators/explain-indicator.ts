import { assertNever } from '@zhangyi/core'
import type { z } from 'zod'
import type { Mark } from '../mark-indicator.ts'
import type { explanationSchema } from '../record-views.ts'
import type { IndicatorEntry, IndicatorTable } from './indicator-entry.ts'
import { INDICATOR_TABLE } from './indicator-table.ts'
import { type IndicatorToMatch, indicatorMatcher } from './match-indicator.ts'

export type Explanation = z.infer<typeof explanationSchema>

export interface IndicatorToExplain extends IndicatorToMatch {
  readonly mark: Mark
}

/** Null when the indicator is not in the table, or could be more than one of it. */
export type ExplainIndicator = (indicator: IndicatorToExplain) => Explanation | null

/** What stands beside a critical value; the page may show it also where there is no explanation. */
export const CRITICAL_ADVICE = '这个数值需要尽快处理，请马上联系开单医生或到急诊。'

/** Explains by one table: what the indicator is, and where its direction is common. Never what the patient has. */
export function createExplainer(table: IndicatorTable): ExplainIndicator {
  const match = indicatorMatcher(table)
  return ({ mark, ...indicator }) => {
    const entry = match(indicator)
    return entry
      ? { what: entry.what, direction: directionOf(entry, mark), tableVersion: table.version }
      : null
  }
}

/** By the table that comes with the gateway. */
export const explainIndicator: ExplainIndicator = createExplainer(INDICATOR_TABLE)

function directionOf({ high, low, abnormal }: IndicatorEntry, mark: Mark): string | null {
  switch (mark) {
    case 'high':
      return high
    case 'low':
      return low
    case 'abnormal':
      return abnormal
    case 'critical':
      return CRITICAL_ADVICE
    case 'normal':
    case 'unmarked':
      return null
    default:
      return assertNever(mark)
  }
}
