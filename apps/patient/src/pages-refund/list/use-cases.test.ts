import { expect, test, vi } from 'vitest'
import type { RefundCase } from '../../api/refund-types.ts'
import { caseOf, legAt, REFUNDS_NOW_MS } from '../../test-support/refund-views.ts'
import { lost, me, ok } from '../../test-support/views.ts'
import { type CasesParts, useCases } from './use-cases.ts'

const many = (first: number, count: number): RefundCase[] =>
  Array.from({ length: count }, (_, index) => ({
    ...caseOf(legAt.paid),
    id: `refund_${first + index}`,
    createdAtMs: REFUNDS_NOW_MS - (first + index) * 1000,
  }))

function page() {
  const parts = {
    cases: vi.fn<CasesParts['cases']>(async () => ok({ cases: [], more: false })),
    openCase: vi.fn(async () => true),
    openEntries: vi.fn(async () => true),
    openOffline: vi.fn(async () => true),
    allowed: { loadMe: async () => ok(me), openConsent: async () => true },
  }
  return { parts, ...useCases(parts) }
}

test('a page at a time, from the last one on; what comes twice stands once', async () => {
  const { allowed, rows, more, loadMore, parts } = page()
  parts.cases.mockResolvedValueOnce(ok({ cases: many(1, 20), more: true }))
  parts.cases.mockResolvedValueOnce(ok({ cases: many(20, 5), more: false }))
  await allowed.run()
  expect([rows.value.length, more.value]).toEqual([20, true])
  await Promise.all([loadMore(), loadMore()])
  expect(parts.cases.mock.calls).toEqual([[], [REFUNDS_NOW_MS - 20_000]])
  expect([rows.value.length, more.value]).toEqual([24, false])
})

test('a page that does not come is said and asked for again; the rest stays', async () => {
  const { allowed, rows, loadMore, moreFailed, parts } = page()
  parts.cases.mockResolvedValueOnce(ok({ cases: many(1, 20), more: true })).mockResolvedValueOnce(lost)
  await allowed.run()
  await loadMore()
  expect([rows.value.length, moreFailed.value]).toEqual([20, true])
})

test('a refund of two parts is shown by what waits for the patient', async () => {
  const { allowed, rows, openCase, parts } = page()
  const two = caseOf({ ...legAt.paid, id: 'leg_0', route: 'original' }, legAt['to-receive'])
  parts.cases.mockResolvedValueOnce(ok({ cases: [two], more: false }))
  await allowed.run()
  expect(rows.value[0]).toMatchObject({
    title: '人脸核验退款',
    amount: '¥773.00',
    tag: { text: '待接收', kind: 'warn' },
  })
  await openCase('refund_1')
  expect(parts.openCase).toHaveBeenCalledExactlyOnceWith('refund_1')
})

test('nothing yet is said; back from a refund the list is fresh', async () => {
  const { allowed, isEmpty, show, rows, parts } = page()
  await allowed.run()
  expect(isEmpty.value).toBe(true)
  parts.cases.mockResolvedValueOnce(ok({ cases: many(1, 1), more: false }))
  await show()
  expect(rows.value).toHaveLength(1)
})
