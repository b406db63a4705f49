import { beforeEach, expect, test, vi } from 'vitest'
import type { OriginalOrders, RefundCase } from '../../api/refund-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { caseOf, entriesView, legAt, originalOrders } from '../../test-support/refund-views.ts'
import { lost, me, ok, patient, refused } from '../../test-support/views.ts'
import { type OriginalParts, useOriginal } from './use-original.ts'

beforeEach(() => void fakeUni())

const made = caseOf({ ...legAt.processing, route: 'original' })

function page(orders: OriginalOrders = originalOrders, ...answers: readonly ApiResult<RefundCase>[]) {
  const refund = vi.fn<OriginalParts['refund']>(async () => answers.at(-1) ?? ok(made))
  for (const answer of answers) refund.mockResolvedValueOnce(answer)
  const parts = {
    orders: vi.fn<OriginalParts['orders']>(async () => ok(orders)),
    entries: async () => ok(entriesView),
    refund,
    askSubscription: vi.fn(async () => undefined),
    openCase: vi.fn(async () => true),
    toFace: vi.fn(async () => true),
    visitor: {
      loadMe: async () => ok({ ...me, patients: [patient] }),
      openConsent: async () => true,
      begin: async () => true,
      cleanAddress: () => undefined,
    },
  }
  return { parts, ...useOriginal(parts) }
}

test('everything that the balance still has is picked, newest first, and no more', async () => {
  const { visitor, rows, total, count, overText } = page()
  await visitor.arrive({})
  expect(rows.value.map(({ picked, typed }) => [picked, typed])).toEqual([
    [true, '100.00'],
    [true, '20.00'],
  ])
  expect([count.value, total.value, overText.value]).toEqual([2, '¥120.00', ''])
})

test('a part of one order goes as exact fen, under a key, after the question about news', async () => {
  const { visitor, toggle, put, submit, parts } = page()
  await visitor.arrive({})
  toggle('recharge_2')
  put('recharge_1', '33.3')
  await submit()
  expect(parts.askSubscription).toHaveBeenCalledExactlyOnceWith(['t1', 't2'])
  expect(parts.refund).toHaveBeenCalledExactlyOnceWith({
    patientId: 'patient_1',
    orders: [{ orderId: 'recharge_1', amountFen: 3330 }],
    requestKey: expect.any(String),
  })
  expect(parts.openCase).toHaveBeenCalledExactlyOnceWith(made)
})

test('wrong amounts, more than the balance, and nothing at all are said and not sent', async () => {
  const { visitor, toggle, put, submit, rows, overText, pickFirst, parts } = page()
  await visitor.arrive({})
  put('recharge_1', '33.333')
  expect(rows.value[0]?.problem, 'not while it is typed').toBe('')
  await submit()
  expect(rows.value[0]?.problem).toBe('金额只能写到分，例如 12.50')
  put('recharge_1', '100')
  put('recharge_2', '40')
  await submit()
  expect(overText.value).toBe('一共最多退 ¥120.00，请改小金额或少选一笔。')
  toggle('recharge_1')
  toggle('recharge_2')
  await submit()
  expect(pickFirst.value).toBe(true)
  expect(parts.refund).not.toHaveBeenCalled()
})

test('a lost answer may be pressed again: the same key, so the same refund', async () => {
  const { visitor, submit, refusalText, parts } = page(originalOrders, lost, ok(made))
  await visitor.arrive({})
  await submit()
  expect(refusalText.value).toContain('不会重复退款')
  await submit()
  const keys = parts.refund.mock.calls.map(([body]) => body.requestKey)
  expect(keys[0]).toBe(keys[1])
  expect(parts.openCase).toHaveBeenCalledOnce()
})

test('a refusal says why, asks for the orders anew and keeps what was typed', async () => {
  const { visitor, put, submit, rows, refusalText, parts } = page(originalOrders, refused('refund-refused'))
  await visitor.arrive({})
  put('recharge_1', '5')
  await submit()
  expect(refusalText.value).toBe('refund-refused')
  expect(parts.orders).toHaveBeenCalledTimes(2)
  expect(rows.value[0]?.typed).toBe('5')
})

test('two taps make one refund; nothing that can go back leads to the other way', async () => {
  const two = page()
  await two.visitor.arrive({})
  await Promise.all([two.submit(), two.submit()])
  expect(two.parts.refund).toHaveBeenCalledOnce()
  const none = page({ ...originalOrders, orders: [] })
  await none.visitor.arrive({})
  expect([none.mayRefund.value, none.hasOrders.value]).toEqual([false, false])
  await none.toFace()
  expect(none.parts.toFace).toHaveBeenCalledOnce()
})
