import type { Indicator, Report } from '@zhangyi/his'
import { plainUnit } from './indicator-id.ts'
import { markIndicator, markText } from './mark-indicator.ts'
import type { Trend } from './record-views.ts'

export const MAX_POINTS = 40

/**
 * The values of one indicator over reports that are newest first: oldest first, plain numbers only, and only in the unit
 * of the newest number, because two units on one axis would show a change that is none. Undefined if no report has it.
 */
export function trendOf(
  reports: readonly Report[],
  isAsked: (indicator: Indicator, report: Report) => boolean,
): Trend | undefined {
  const found = reports.flatMap((report) => {
    const { reportedAt, indicators } = report
    const indicator = indicators.find((one) => isAsked(one, report))
    return indicator ? [{ reportedAt, indicator, marked: markIndicator(indicator) }] : []
  })
  const numbers = found.flatMap(({ marked, ...rest }) =>
    marked.number === undefined ? [] : [{ ...rest, marked, number: marked.number }],
  )
  const newest = numbers[0] ?? found[0]
  if (!newest) return undefined
  const unit = plainUnit(newest.indicator.unit)
  const points = numbers
    .filter(({ indicator }) => plainUnit(indicator.unit) === unit)
    .slice(0, MAX_POINTS)
    .reverse()
  return {
    name: newest.indicator.name,
    unit: newest.indicator.unit ?? null,
    low: newest.marked.range?.low?.value ?? null,
    high: newest.marked.range?.high?.value ?? null,
    points: points.map(({ reportedAt, indicator, marked: { mark }, number }) => ({
      reportedAt,
      value: indicator.value,
      number,
      mark,
      markText: markText(mark),
    })),
  }
}
