import { expect, test, vi } from 'vitest'
import { trend } from '../../test-support/record-views.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { type TrendParts, useTrend } from './use-trend.ts'

const query = { kind: 'lab', patientId: 'patient_1', indicator: 'i-wbc' }

function page(changes: Partial<TrendParts> = {}) {
  const parts = {
    get: vi.fn(changes.get ?? (async () => ok(trend))),
    protect: vi.fn(changes.protect ?? (async () => true)),
    toMenu: vi.fn(changes.toMenu ?? (async () => true)),
  }
  return { parts, ...useTrend(parts) }
}

test('the table has the newest first, each value with its state in words', async () => {
  const { arrive, rows, valueHead, range, anyMarked, parts } = page()
  await arrive(query)
  expect(parts.get).toHaveBeenCalledWith(query)
  expect(rows.value.map(({ day, value, words }) => [day, value, words])).toEqual([
    ['2026-11-20', '12.6', '偏高'],
    ['2026-07-01', '3.1', '偏低'],
    ['2026-03-01', '5.1', '正常'],
  ])
  expect(range.value).toBe('参考范围 3.5–9.5 ×10⁹/L（图中的绿色区域）')
  expect(valueHead.value).toBe('结果 ×10⁹/L')
  expect(anyMarked.value).toBe(true)
})

test.each([
  [null, 5, '参考范围 ≤ 5'],
  [40, null, '参考范围 ≥ 40'],
  [null, null, '医院没有给出参考范围'],
])('bounds %s and %s', async (low, high, words) => {
  const { arrive, range } = page({ get: async () => ok({ ...trend, low, high }) })
  await arrive(query)
  expect(range.value).toContain(words)
})

test('without a grant it goes to the verification, with anything else it says so, without a target to the menu', async () => {
  const first = page({ get: async () => refused('verification-required') })
  await first.arrive(query)
  expect(first.parts.protect).toHaveBeenCalledWith(
    'lab-report',
    { kind: 'lab', patientId: 'patient_1' },
    { replace: true },
  )
  expect(first.problem.value).toBeUndefined()
  const second = page({ get: async () => lost })
  await second.arrive(query)
  expect(second.problem.value?.code).toBe('TIMEOUT')
  const third = page()
  await third.arrive({ kind: 'lab' })
  expect(third.parts.toMenu).toHaveBeenCalledOnce()
})
