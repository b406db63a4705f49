import { expect, test, vi } from 'vitest'
import type { Registration, VisitOrder } from '../../api/visit-types.ts'
import { lost, me, ok, patient } from '../../test-support/views.ts'
import { feeOrder, orderAt, registrations } from '../../test-support/visit-views.ts'
import { type RegistrationsParts, useRegistrations } from './use-registrations.ts'

function page(orders: readonly VisitOrder[], found: readonly Registration[] = registrations) {
  const parts = {
    registrations: vi.fn<RegistrationsParts['registrations']>(async () => ok({ registrations: [...found] })),
    orders: vi.fn(async () => ok({ orders: [...orders] })),
    openOrder: vi.fn(async () => true),
    register: vi.fn(async () => true),
    visitor: {
      loadMe: async () => ok({ ...me, patients: [patient] }),
      openConsent: async () => true,
      begin: async () => true,
      cleanAddress: () => undefined,
    },
  }
  return { parts, ...useRegistrations(parts) }
}

test('open orders stand on top, those of the hospital below, each once', async () => {
  const open = { ...orderAt['to-pay'], id: 'order_3' }
  const cancelling = orderAt.cancelling
  const { visitor, open: top, rows, refunded } = page([open, cancelling, orderAt.refunded, feeOrder])
  await visitor.arrive({})
  expect(top.value.map(({ id, tag }) => [id, tag.text])).toEqual([
    ['order_3', '待付款'],
    ['order_1', '正在退号'],
  ])
  expect(
    rows.value.map(({ title }) => title),
    'order_1 stands above',
  ).toEqual(['骨科 普通号'])
  expect(refunded.value).toHaveLength(1)
})

test('one made at the window says where it is given back and opens nothing', async () => {
  const { visitor, rows, openOrder, parts } = page([])
  await visitor.arrive({})
  expect(rows.value.map(({ orderId, hint, tag }) => [orderId, hint !== '', tag.text])).toEqual([
    ['order_1', false, '待就诊'],
    [null, true, '待就诊'],
  ])
  expect(rows.value[0]?.lines).toEqual([
    '2026年11月30日 星期一 上午 08:00',
    '就诊序号 7 号 · 门诊楼 3 层 A 区',
    '¥40.00',
  ])
  await openOrder('order_1')
  expect(parts.openOrder).toHaveBeenCalledWith('order_1')
})

test('back from an order the list is fresh; when nobody answers it stays', async () => {
  const { visitor, show, registrations: shown, parts } = page([])
  await visitor.arrive({})
  await show()
  expect(parts.registrations).toHaveBeenCalledTimes(2)
  parts.registrations.mockResolvedValueOnce(lost)
  await show()
  expect(shown.value).toHaveLength(2)
})

test('nothing at all is said', async () => {
  const { visitor, isEmpty } = page([], [])
  await visitor.arrive({})
  expect(isEmpty.value).toBe(true)
})
