import type { Indicator, Report } from '@zhangyi/his'
import { expect, test } from 'vitest'
import { MAX_POINTS, trendOf } from './trend-of.ts'

const report = (day: number, value: string, changes: Partial<Indicator> = {}): Report => ({
  ...{ kind: 'lab', patid: 'P1', reportId: `R${day}`, title: '血常规', departmentName: undefined },
  ...{ doctorName: undefined, abnormal: undefined, sections: [], lines: [], modality: undefined },
  reportedAt: new Date(Date.UTC(2026, 0, day)).toISOString(),
  indicators: [
    {
      code: 'WBC',
      name: '白细胞',
      value,
      unit: '10^9/L',
      referenceRange: '3.5-9.5',
      flag: undefined,
      ...changes,
    },
  ],
})
const isAsked = ({ code }: Indicator) => code === 'WBC'
/** Newest first, as `trendOf` gets them. */
const valuesOf = (...reports: Report[]) => trendOf(reports, isAsked)?.points.map(({ value }) => value)

test('oldest first, with the marks and the bounds of the newest', () => {
  const trend = trendOf([report(3, '10.1'), report(2, '3.1'), report(1, '5')], isAsked)
  expect(trend).toMatchObject({ name: '白细胞', unit: '10^9/L', low: 3.5, high: 9.5 })
  expect(trend?.points.map(({ number, markText }) => [number, markText])).toEqual([
    [5, ''],
    [3.1, '偏低 ↓'],
    [10.1, '偏高 ↑'],
  ])
})

test('another unit is not drawn on the same axis; another spelling of the same unit is', () => {
  expect(
    valuesOf(report(3, '5'), report(2, '5000', { unit: '/uL' }), report(1, '4', { unit: '×10⁹/L' })),
  ).toEqual(['4', '5'])
})

test('what is no plain number is left out', () => {
  expect(valuesOf(report(3, '<0.01'), report(2, '5'), report(1, '未检出'))).toEqual(['5'])
  expect(valuesOf(report(1, '阴性'))).toEqual([])
})

test('more visits than points: the newest are kept', () => {
  const many = Array.from({ length: 50 }, (_, index) => report(50 - index, String(50 - index)))
  const values = valuesOf(...many)
  expect(values).toHaveLength(MAX_POINTS)
  expect([values?.[0], values?.at(-1)]).toEqual(['11', '50'])
})

test('an indicator that no report has has no trend', () => {
  expect(trendOf([report(1, '5')], ({ code }) => code === 'RBC')).toBeUndefined()
})
