import { expect, test } from 'vitest'
import { recordDetail as detail, recordList as list, trend as points } from '../test-support/record-views.ts'
import { recordDetail, recordList, trend } from './record-readers.ts'
import { pdfPath } from './records.ts'

test('reads lists, reports and trends as they are', () => {
  expect(recordList(list)).toEqual(list)
  expect(recordDetail(detail)).toEqual(detail)
  expect(trend(points)).toEqual(points)
})

test('a value of another type is refused, not shown', () => {
  const [first] = detail.indicators
  expect(() => recordDetail({ ...detail, indicators: [{ ...first, value: 12.6 }] })).toThrow()
  expect(() => recordDetail({ ...detail, totalFen: 12.5 })).toThrow()
  expect(() => trend({ ...points, points: [{ ...points.points[0], number: 'NaN' }] })).toThrow()
  expect(() => recordList({ ...list, kind: 'x-ray' })).toThrow()
})

test('a mark of a newer gateway stays a mark', () => {
  const [first] = detail.indicators
  const indicators = [{ ...first, mark: 'very-high', markText: '显著偏高 ↑' }]
  expect(recordDetail({ ...detail, indicators }).indicators[0]).toMatchObject({
    mark: 'abnormal',
    markText: '显著偏高 ↑',
  })
})

test('keys and patients cannot change the path that a PDF is asked at', () => {
  expect(pdfPath({ kind: 'lab', key: '../x?y', patientId: 'a&b' })).toBe(
    '/api/v1/records/lab/..%2Fx%3Fy/pdf?patientId=a%26b',
  )
})
