import { expect, test, vi } from 'vitest'
import type { PendingBill, VisitOrder } from '../../api/visit-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { lost, me, ok, patient, refused } from '../../test-support/views.ts'
import { bills, feeOrder, order, payments } from '../../test-support/visit-views.ts'
import { usePaidFees } from './use-paid-fees.ts'
import { usePendingFees } from './use-pending-fees.ts'

const visitor = {
  loadMe: async () => ok({ ...me, patients: [patient] }),
  openConsent: async () => true,
  begin: async () => true,
  cleanAddress: () => undefined,
}

function page(found: readonly PendingBill[] = bills, answer: ApiResult<VisitOrder> = ok(feeOrder)) {
  const parts = {
    bills: vi.fn(async () => ok({ bills: [...found] })),
    orders: async () => ok({ orders: [feeOrder, order] }),
    order: vi.fn(async () => answer),
    openNew: vi.fn(async () => true),
    openOrder: vi.fn(async () => true),
    openPaid: vi.fn(async () => true),
    visitor,
  }
  return { parts, ...usePendingFees(parts) }
}

test('everything is ticked, the sum is exact, and what is left out is not paid', async () => {
  const { visitor: who, total, count, toggle, submit, parts } = page()
  await who.arrive({})
  expect([count.value, total.value]).toEqual([2, '¥164.00'])
  toggle('bill-2')
  expect([count.value, total.value]).toEqual([1, '¥44.00'])
  await submit()
  expect(parts.order).toHaveBeenCalledWith({ patientId: 'patient_1', billIds: ['bill-1'] })
  expect(parts.openNew).toHaveBeenCalledWith(feeOrder)
})

test('nothing ticked is said and asks for nothing', async () => {
  const { visitor: who, toggle, submit, pickFirst, parts } = page()
  await who.arrive({})
  toggle('bill-1')
  toggle('bill-2')
  await submit()
  expect(pickFirst.value).toBe(true)
  expect(parts.order).not.toHaveBeenCalled()
})

test('a bill that an unfinished payment holds is not paid twice: it opens that payment', async () => {
  const [first, second] = bills
  if (!first || !second) throw new Error('no bills')
  const { visitor: who, rows, count, open, mayPay } = page([{ ...first, orderId: 'order_2' }])
  await who.arrive({})
  expect(rows.value[0]).toMatchObject({ orderId: 'order_2', picked: false })
  expect([count.value, mayPay.value]).toEqual([0, false])
  expect(
    open.value.map(({ id }) => id),
    'orders of 挂号 stand elsewhere',
  ).toEqual(['order_2'])
})

test('bills that changed are asked for anew and the reason stays; a lost answer may be pressed again', async () => {
  const changed = page(bills, refused('bills-changed'))
  await changed.visitor.arrive({})
  await changed.submit()
  expect(changed.parts.bills).toHaveBeenCalledTimes(2)
  expect(changed.refusalText.value).toBe('bills-changed')
  const unknown = page(bills, lost)
  await unknown.visitor.arrive({})
  await unknown.submit()
  expect(unknown.refusalText.value).toContain('不会重复缴费')
})

test('what is folded opens; without bills the page says so', async () => {
  const { visitor: who, fold, rows } = page()
  await who.arrive({})
  fold('bill-1')
  expect(rows.value[0]?.expanded).toBe(true)
  expect(rows.value[0]?.items[0]).toEqual({
    id: '0',
    name: '阿莫西林胶囊',
    what: '0.25g×24 粒 · 2 盒',
    amount: '¥25.80',
  })
  const none = page([])
  await none.visitor.arrive({})
  expect(none.isEmpty.value).toBe(true)
})

test('what was paid says where to go next and has its receipt', async () => {
  const openFees = vi.fn(async () => true)
  const paid = usePaidFees({ payments: async () => ok({ payments: [...payments] }), openFees, visitor })
  await paid.visitor.arrive({})
  expect(paid.rows.value[0]).toMatchObject({ amount: '¥44.00', guidance: '门诊药房 3 号窗口取药' })
  expect(paid.rows.value[0]?.facts.map(({ value }) => value)).toEqual([
    '消化内科',
    '2026年11月28日 周六 11:00',
    'R-1',
  ])
  await paid.openFees()
  expect(openFees).toHaveBeenCalledWith('patient_1')
})
