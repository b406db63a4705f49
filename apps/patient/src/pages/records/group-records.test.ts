import { expect, test } from 'vitest'
import { recordList } from '../../test-support/record-views.ts'
import { groupRecords, modalitiesOf } from './group-records.ts'

const [first] = recordList.records
if (!first) throw new Error('no record')

test('a row says what, when and where, and names an abnormal report in words', () => {
  const [group] = groupRecords('lab', recordList.records)
  expect(group?.title).toBe('')
  expect(group?.rows).toEqual([
    { key: 'sealed-1', title: '血常规', what: '2026-11-20 08:12 · 门诊内科', tag: '有异常' },
    { key: 'sealed-2', title: '肝功能', what: '2026-08-01 10:00', tag: '' },
  ])
})

test('inpatient days stand under their month, with the day alone', () => {
  const days = ['2026-11-02T16:00:00Z', '2026-10-31T16:30:00Z', '2026-10-31T15:59:00Z'].map((reportedAt) => ({
    ...first,
    reportedAt,
  }))
  const groups = groupRecords('inpatient-day', days)
  expect(groups.map(({ title, rows }) => [title, rows.length])).toEqual([
    ['2026 年 11 月', 2],
    ['2026 年 10 月', 1],
  ])
  expect(groups[0]?.rows[0]?.what).toBe('2026-11-03 · 门诊内科')
})

test('examinations offer their kinds; one kind alone is no choice', () => {
  const of = (...modalities: (string | null)[]) =>
    modalitiesOf(modalities.map((modality) => ({ ...first, modality })))
  expect(of('CT', '超声', null, 'CT')).toEqual(['CT', '超声'])
  expect(of('CT', null)).toEqual([])
})

test('a date that cannot be read leaves the report where it is', () => {
  expect(groupRecords('lab', [{ ...first, reportedAt: '昨天' }])[0]?.rows[0]?.what).toBe('昨天 · 门诊内科')
})
