import { beforeEach, expect, test, vi } from 'vitest'
import { recallArrival } from '../../flow/arrival.ts'
import { originOf } from '../../flow/flow-storage.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { flowViews, lost, ok } from '../../test-support/views.ts'
import { type ReturnParts, useReturn } from './use-return.ts'

beforeEach(() => void fakeUni())

function page(changes: Partial<ReturnParts> = {}) {
  const order: string[] = []
  const parts = {
    send: vi.fn(changes.send ?? (async () => ok(flowViews.done))),
    poll: vi.fn(changes.poll ?? (async (first) => first)),
    open: vi.fn(changes.open ?? (async () => true)),
    cleanAddress: vi.fn(() => void order.push(`clean, stored ${JSON.stringify(recallArrival('flow_1'))}`)),
  }
  return { parts, order, ...useReturn(parts) }
}

test('stores the code and cleans the address before it asks the gateway', async () => {
  const { parts, order, arrive } = page()
  await arrive({ flow: 'flow_1', healthCode: 'h' })
  expect(order).toEqual(['clean, stored {"kind":"health-code","code":"h"}'])
  expect(parts.cleanAddress).toHaveBeenCalledWith({ flow: 'flow_1' })
  expect(parts.send).toHaveBeenCalledWith('flow_1')
  expect(parts.open).toHaveBeenCalledWith(flowViews.done)
})

test('for an upgrade it remembers whose card it is', async () => {
  await page().arrive({ flow: 'flow_1', patient: 'p', failed: '1' })
  expect(originOf('flow_1')).toEqual({ intent: 'upgrade', patientId: 'p' })
})

test('still at work after half a minute: says so, and can look again', async () => {
  const { arrive, slow, goOn, parts } = page({ send: async () => ok(flowViews.waiting) })
  await arrive({ flow: 'flow_1' })
  expect(slow.value).toBe(true)
  parts.send.mockResolvedValue(ok(flowViews.done))
  await goOn()
  expect(slow.value).toBe(false)
  expect(parts.open).toHaveBeenCalledWith(flowViews.done)
})

test('no network: the error is shown and the code waits', async () => {
  const { arrive, problem } = page({ send: async () => lost })
  await arrive({ flow: 'flow_1', healthCode: 'h' })
  expect(problem.value?.code).toBe('TIMEOUT')
  expect(recallArrival('flow_1')).toEqual({ kind: 'health-code', code: 'h' })
})

test('without a flow there is nothing to ask for', async () => {
  const { arrive, problem, parts } = page()
  await arrive({})
  expect(problem.value?.code).toBe('NO_FLOW')
  expect(parts.send).not.toHaveBeenCalled()
})
