import { expect, test, vi } from 'vitest'
import type { RecordDetail } from '../../api/record-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import {
  indicator,
  normalIndicator,
  RECORDS_NOW_MS,
  recordDetail,
  trend,
} from '../../test-support/record-views.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { type RecordDetailParts, useRecordDetail } from './use-record-detail.ts'

const query = { kind: 'lab', patientId: 'patient_1', key: 'sealed-1' }

function page(changes: Partial<RecordDetailParts> = {}) {
  const parts = {
    get: vi.fn(changes.get ?? (async (): Promise<ApiResult<RecordDetail>> => ok(recordDetail))),
    trend: vi.fn(changes.trend ?? (async () => ok(trend))),
    protect: vi.fn(changes.protect ?? (async () => true)),
    openTrend: vi.fn(changes.openTrend ?? (async () => true)),
    openPdf: vi.fn(changes.openPdf ?? (async () => 'opened' as const)),
    toMenu: vi.fn(changes.toMenu ?? (async () => true)),
    now: changes.now ?? (() => RECORDS_NOW_MS),
  }
  return { parts, ...useRecordDetail(parts) }
}

test('abnormal values come first and open; the first one has its trend without a tap', async () => {
  const { arrive, indicators, parts } = page()
  await arrive(query)
  const [first, second] = indicators.shown.value
  expect([first?.name, first?.words, first?.arrow, first?.value]).toEqual(['白细胞计数', '偏高', '↑', '12.6'])
  expect(first && indicators.isOpen(first)).toBe(true)
  expect(second && indicators.isOpen(second)).toBe(false)
  expect(parts.trend.mock.calls).toEqual([[{ kind: 'lab', patientId: 'patient_1', indicator: 'i-wbc' }]])
  expect(indicators.trendOf('i-wbc')).toEqual({ step: 'loaded', trend })
})

test('only the abnormal ones; a normal one opens at a tap and asks for its trend only then', async () => {
  const { arrive, indicators, openTrend, parts } = page()
  await arrive(query)
  indicators.onlyAbnormal.value = true
  expect(indicators.shown.value.map(({ id }) => id)).toEqual(['i-wbc'])
  indicators.onlyAbnormal.value = false
  indicators.toggle('i-hgb')
  expect(indicators.shown.value.every(indicators.isOpen)).toBe(true)
  expect(parts.trend).toHaveBeenCalledOnce()
  await indicators.loadTrend('i-hgb')
  expect(parts.trend).toHaveBeenCalledTimes(2)
  await openTrend('i-hgb')
  expect(parts.openTrend).toHaveBeenCalledWith({ kind: 'lab', patientId: 'patient_1', indicator: 'i-hgb' })
})

test('a trend that fails, or has one value, leaves the report as it is', async () => {
  const first = page({ trend: async () => lost })
  await first.arrive(query)
  expect(first.indicators.trendOf('i-wbc').step).toBe('failed')
  expect(first.problem.value).toBeUndefined()
  const second = page({ trend: async () => ok({ ...trend, points: trend.points.slice(-1) }) })
  await second.arrive(query)
  expect(second.indicators.trendOf('i-wbc').step).toBe('single')
})

test('a lapsed grant asks to verify again; a key that opens nothing leads to the menu', async () => {
  const first = page({ get: async () => refused('verification-required') })
  await first.arrive(query)
  expect(first.parts.protect).toHaveBeenCalledWith(
    'lab-report',
    { kind: 'lab', patientId: 'patient_1' },
    { replace: true },
  )
  expect(first.problem.value).toBeUndefined()
  const second = page({ get: async () => refused('record-not-found') })
  await second.arrive(query)
  expect(second.gone.value).toBe(true)
  const third = page()
  await third.arrive({ kind: 'lab', patientId: 'patient_1' })
  expect(third.gone.value).toBe(true)
  expect(third.parts.get).not.toHaveBeenCalled()
})

test('the HIS is down: said, and tried again', async () => {
  const answers: ApiResult<RecordDetail>[] = [refused('his-unavailable'), ok(recordDetail)]
  const { arrive, load, problem, detail } = page({ get: async () => answers.shift() ?? lost })
  await arrive(query)
  expect(problem.value?.code).toBe('his-unavailable')
  await load()
  expect(detail.value?.title).toBe('血常规')
})

test('a PDF that does not come is said; one that this phone cannot show, too', async () => {
  const first = page({ openPdf: async () => 'failed' })
  await first.arrive(query)
  await first.pdf()
  expect(first.parts.openPdf).toHaveBeenCalledWith('/api/v1/records/lab/sealed-1/pdf?patientId=patient_1')
  expect(first.refusal.value).toContain('没有下载下来')
  const second = page({ openPdf: async () => 'cannot-open' })
  await second.arrive(query)
  await second.pdf()
  expect(second.refusal.value).toContain('打不开')
})

test('a PDF refused because the time is over leads to the verification', async () => {
  const { arrive, pdf, parts, refusal } = page({ openPdf: async () => 'failed' })
  await arrive(query)
  parts.get.mockImplementationOnce(async () => refused('verification-required'))
  await pdf()
  expect(parts.protect).toHaveBeenCalledOnce()
  expect(refusal.value).toBe('')
})

test('without content it says so', async () => {
  const { arrive, isEmpty } = page({ get: async () => ok({ ...recordDetail, indicators: [] }) })
  await arrive(query)
  expect(isEmpty.value).toBe(true)
})

test('what to do is said once for a marked value, and at once for a critical one', async () => {
  const { explanation } = indicator
  const critical = {
    ...indicator,
    id: 'i-k',
    mark: 'critical',
    markText: '危急值',
    explanation: null,
  } as const
  const said = {
    ...indicator,
    id: 'i-said',
    explanation: { ...explanation, what: '', tableVersion: '1', direction: '是否需要处理，请听医生的。' },
  }
  const indicators = [indicator, critical, said, normalIndicator]
  const shown = page({ get: async () => ok({ ...recordDetail, indicators }) })
  await shown.arrive(query)
  expect(shown.indicators.rows.value.map(({ advice }) => advice)).toEqual([
    '是否需要处理，请听医生的。',
    '这个数值需要尽快处理，请马上联系开单医生或到急诊。',
    '',
    '',
  ])
})
