import { computed, ref, type ShallowRef, shallowRef } from 'vue'
import type { Indicator, RecordDetail, Trend } from '../../api/record-types.ts'
import { getTrend, type TrendOf } from '../../api/records.ts'
import { type MarkView, markOf } from '../../components/mark-words.ts'
import { recordTexts as texts } from '../../texts/records.ts'

export type TrendState =
  | { readonly step: 'none' | 'loading' | 'failed' | 'single' }
  | { readonly step: 'loaded'; readonly trend: Trend }
export type IndicatorRow = MarkView & {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly reference: string
  readonly what: string
  readonly direction: string
  readonly version: string
  /** What to do about a marked value; empty where nothing is marked or the explanation says it already. */
  readonly advice: string
  readonly hasTrend: boolean
  /** Whether there is more to see than the value. */
  readonly hasMore: boolean
}

/** The indicators of a report, abnormal ones first, with the small trends that were asked for. */
export function useIndicators(
  detail: Readonly<ShallowRef<RecordDetail | undefined>>,
  get: (of: TrendOf) => ReturnType<typeof getTrend> = getTrend,
) {
  const onlyAbnormal = ref(false)
  const opened = shallowRef<readonly string[]>([])
  const trends = shallowRef<Readonly<Record<string, TrendState>>>({})

  const rows = computed(() => {
    const all = (detail.value?.indicators ?? []).map(rowOf)
    return [...all.filter(({ abnormal }) => abnormal), ...all.filter(({ abnormal }) => !abnormal)]
  })

  async function loadTrend(indicator: string): Promise<void> {
    const report = detail.value
    if (!report || trends.value[indicator]?.step === 'loading') return
    put(indicator, { step: 'loading' })
    const result = await get({ kind: report.kind, patientId: report.patient.id, indicator })
    if (!result.ok) put(indicator, { step: 'failed' })
    else if (result.data.points.length < 2) put(indicator, { step: 'single' })
    else put(indicator, { step: 'loaded', trend: result.data })
  }

  function put(indicator: string, state: TrendState): void {
    trends.value = { ...trends.value, [indicator]: state }
  }

  return {
    rows,
    shown: computed(() => rows.value.filter(({ abnormal }) => abnormal || !onlyAbnormal.value)),
    abnormalCount: computed(() => rows.value.filter(({ abnormal }) => abnormal).length),
    onlyAbnormal,
    trendOf: (id: string): TrendState => trends.value[id] ?? { step: 'none' },
    isOpen: (row: IndicatorRow) => row.abnormal || opened.value.includes(row.id),
    toggle(id: string): void {
      const { value } = opened
      opened.value = value.includes(id) ? value.filter((one) => one !== id) : [...value, id]
    },
    loadTrend,
    /** What most people look at first is there without a tap; each further one costs the hospital work. */
    async loadFirst(): Promise<void> {
      const first = rows.value[0]
      if (first?.abnormal && first.hasTrend && !trends.value[first.id]) await loadTrend(first.id)
    },
  }
}

function rowOf(indicator: Indicator): IndicatorRow {
  const { id, name, value, unit, referenceRange, explanation, number } = indicator
  return {
    ...markOf(indicator),
    id,
    name,
    value,
    unit: unit ?? '',
    reference: referenceRange === null ? texts.noReference : texts.reference(referenceRange),
    what: explanation?.what ?? '',
    direction: explanation?.direction ?? '',
    version: explanation?.tableVersion ?? '',
    advice: adviceFor(indicator),
    hasTrend: number !== null,
    hasMore: number !== null || explanation !== null,
  }
}

/** A critical value is never left to "ask when you can", also where there is no explanation of it. */
function adviceFor({ mark, markText, explanation }: Indicator): string {
  if (!markOf({ mark, markText }).abnormal) return ''
  const advice = mark === 'critical' ? texts.criticalAdvice : texts.askDoctor
  return explanation?.direction?.includes(advice) ? '' : advice
}
