import { expect, test, vi } from 'vitest'
import { useRecordsMenu } from './use-records-menu.ts'

test('six kinds, each explained; every one opens through the verification of its own purpose', async () => {
  const protect = vi.fn(async () => true)
  const { rows, open } = useRecordsMenu(protect)
  expect(rows.map(({ title }) => title)).toEqual([
    '检验报告',
    '检查报告',
    '体检报告',
    '住院清单',
    '处方',
    '诊断',
  ])
  for (const { kind, what } of rows) {
    expect(what).not.toBe('')
    await open(kind)
  }
  expect(protect.mock.calls).toEqual([
    ['lab-report', { kind: 'lab' }],
    ['examination-report', { kind: 'examination' }],
    ['check-up-report', { kind: 'check-up' }],
    ['inpatient-list', { kind: 'inpatient-day' }],
    ['prescription', { kind: 'prescription' }],
    ['diagnosis', { kind: 'diagnosis' }],
  ])
})

test('a page that does not open is said; a second tap meanwhile does nothing', async () => {
  const protect = vi.fn(async () => false)
  const { open, openFailed } = useRecordsMenu(protect)
  await Promise.all([open('lab'), open('lab')])
  expect(protect).toHaveBeenCalledOnce()
  expect(openFailed.value).toBe(true)
})
