import { computed, shallowRef } from 'vue'
import type { Trend } from '../../api/record-types.ts'
import { getTrend, type TrendOf } from '../../api/records.ts'
import { markOf } from '../../components/mark-words.ts'
import { needsVerification, openProtected } from '../../flow/open-protected.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { redirectPage } from '../../platform/navigate.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { recordTexts as texts } from '../../texts/records.ts'
import { purposeOf, recordKindIn } from './record-kinds.ts'
import { recordTime } from './record-time.ts'

export type TrendParts = {
  readonly get: typeof getTrend
  readonly protect: typeof openProtected
  readonly toMenu: () => Promise<boolean>
}
const live: TrendParts = {
  get: getTrend,
  protect: openProtected,
  toMenu: () => redirectPage(routes.recordsMenu),
}

export function useTrend(parts: TrendParts = live) {
  const trend = shallowRef<Trend>()
  const problem = shallowRef<ApiError>()
  let of: TrendOf | undefined

  async function arrive(query: PageQuery): Promise<void> {
    const kind = recordKindIn(query['kind'])
    const { patientId = '', indicator = '' } = query
    if (!kind || patientId === '' || indicator === '') return void (await parts.toMenu())
    of = { kind, patientId, indicator }
    await load()
  }

  async function load(): Promise<void> {
    if (!of) return
    problem.value = undefined
    const result = await parts.get(of)
    if (result.ok) {
      trend.value = result.data
      return
    }
    const { kind, patientId } = of
    const gone =
      needsVerification(result.error) &&
      (await parts.protect(purposeOf[kind], { kind, patientId }, { replace: true }))
    if (!gone) problem.value = result.error
  }

  return {
    trend,
    problem,
    arrive,
    load,
    range: computed(() => (trend.value ? rangeLine(trend.value) : '')),
    anyMarked: computed(() =>
      trend.value?.points.some(({ mark }) => markOf({ mark, markText: '' }).abnormal),
    ),
    valueHead: computed(() => texts.trendValue(trend.value?.unit ?? '')),
    /** The newest first, as people look for it. */
    rows: computed(() => (trend.value ? rowsOf(trend.value) : [])),
  }
}

function rangeLine({ low, high, unit }: Trend): string {
  const bounds =
    low !== null && high !== null
      ? texts.between(String(low), String(high))
      : high !== null
        ? texts.atMost(String(high))
        : low !== null
          ? texts.atLeast(String(low))
          : ''
  return bounds === '' ? texts.trendNoRange : texts.trendRange(bounds, unit === null ? '' : ` ${unit}`)
}

function rowsOf({ points }: Trend) {
  return points
    .map((point, index) => ({
      id: String(index),
      day: recordTime('inpatient-day', point.reportedAt),
      value: point.value,
      ...markOf(point),
    }))
    .reverse()
}
