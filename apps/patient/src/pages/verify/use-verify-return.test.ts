import { beforeEach, expect, test, vi } from 'vitest'
import { rememberWish, verifyArrival } from '../../flow/verify-storage.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { verifyViews } from '../../test-support/verify-views.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { useVerifyReturn, type VerifyReturnParts } from './use-verify-return.ts'

beforeEach(() => void fakeUni())

function page(changes: Partial<VerifyReturnParts> = {}) {
  const order: string[] = []
  const parts = {
    send: vi.fn(changes.send ?? (async () => ok(verifyViews.granted))),
    poll: vi.fn(changes.poll ?? (async (first) => first)),
    open: vi.fn(changes.open ?? (async () => true)),
    openTarget: vi.fn(changes.openTarget ?? (async () => true)),
    again: vi.fn(changes.again ?? (async () => true)),
    cleanAddress: vi.fn(() => void order.push(`clean, stored ${verifyArrival('verify_1')}`)),
  }
  return { parts, order, ...useVerifyReturn(parts) }
}

test('stores the number and cleans the address before it asks the gateway', async () => {
  const { parts, order, arrive } = page()
  await arrive({ verification: 'verify_1', registerOrderId: 'r' })
  expect(order).toEqual(['clean, stored passed'])
  expect(parts.cleanAddress).toHaveBeenCalledWith({ verification: 'verify_1' })
  expect(parts.send).toHaveBeenCalledWith('verify_1')
  expect(parts.open).toHaveBeenCalledWith(verifyViews.granted)
})

test('given up on the platform’s page: on to what else there is', async () => {
  const { parts, arrive } = page({ send: async () => ok(verifyViews['ways-on']) })
  await arrive({ verification: 'verify_1', failed: '1' })
  expect(parts.open).toHaveBeenCalledWith(verifyViews['ways-on'])
})

test('no network: said, and the number waits', async () => {
  const { arrive, problem, final, goOn, parts } = page({ send: async () => lost })
  await arrive({ verification: 'verify_1', registerOrderId: 'r' })
  expect(problem.value?.code).toBe('TIMEOUT')
  expect(final.value).toBe(false)
  expect(verifyArrival('verify_1')).toBe('passed')
  parts.send.mockResolvedValue(ok(verifyViews.granted) as never)
  await goOn()
  expect(parts.open).toHaveBeenCalledOnce()
})

test('still at work after half a minute: says so, and can look again', async () => {
  const { arrive, slow } = page({ send: async () => ok(verifyViews.waiting) })
  await arrive({ verification: 'verify_1' })
  expect(slow.value).toBe(true)
})

test('refused for good: it can be begun again for the same patient', async () => {
  rememberWish('verify_1', { purpose: 'lab-report', patientId: 'p' })
  const { arrive, final, again, parts } = page({ send: async () => refused('result-refused') })
  await arrive({ verification: 'verify_1', registerOrderId: 'r' })
  expect(final.value).toBe(true)
  expect(parts.openTarget).not.toHaveBeenCalled()
  await again()
  expect(parts.again).toHaveBeenCalledWith({ purpose: 'lab-report', patientId: 'p' })
})

test('不阻断展码流程: a refused result shows the visit card’s code, an unknown one offers it', async () => {
  rememberWish('verify_1', { purpose: 'card-code', patientId: 'p' })
  const target = { kind: 'page', route: '/pages/card-code/show', query: { patientId: 'p', fallback: 1 } }
  const no = page({ send: async () => refused('result-refused') })
  await no.arrive({ verification: 'verify_1', registerOrderId: 'r' })
  expect(no.parts.openTarget).toHaveBeenCalledWith(target)
  const unknown = page({ send: async () => lost })
  await unknown.arrive({ verification: 'verify_1' })
  expect(unknown.parts.openTarget).not.toHaveBeenCalled()
  expect(unknown.isCardCode.value).toBe(true)
  await unknown.showCode()
  expect(unknown.parts.openTarget).toHaveBeenCalledWith(target)
})

test('without a verification there is nothing to ask for', async () => {
  const { arrive, problem, parts } = page()
  await arrive({ registerOrderId: 'r' })
  expect(problem.value?.code).toBe('NO_FLOW')
  expect(parts.send).not.toHaveBeenCalled()
})
