import { beforeEach, expect, test, vi } from 'vitest'
import type { FaceSettlement } from '../../api/face-types.ts'
import { faceErrand } from '../../flow/face-errand.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { lost, me, ok, refused } from '../../test-support/views.ts'
import { type NcidasParts, useNcidas } from './use-ncidas.ts'

beforeEach(() => void fakeUni())

const query = { orderId: 'o', verifyType: '3', redirectUrl: 'https://h/r?x=1' }
const parameters = { orgID: 'org', businessID: 'b', bizSeq: 's', type: 0 }
const settled = (state: FaceSettlement['state'], judged = false): FaceSettlement => ({
  ...{ state, verifyOrderId: null },
  advice: state === 'verified' ? null : { zh: '请这样做。', action: 'other-method', retry: false, judged },
})

function page(changes: Partial<NcidasParts> = {}) {
  const parts = {
    ensureMe: vi.fn(changes.ensureMe ?? (async () => ok(me))),
    phone: vi.fn(changes.phone ?? (() => 'android' as const)),
    start: vi.fn(changes.start ?? (async () => ok({ id: 'c', parameters }))),
    call: vi.fn(changes.call ?? (async () => ({ kind: 'answered' as const, result: { token: 't' } }))),
    settle: vi.fn(changes.settle ?? (async () => ok(settled('verified')))),
    fetchCode: vi.fn(changes.fetchCode ?? (async () => true)),
    open: vi.fn(changes.open ?? (async () => true)),
    redirectFor: vi.fn(changes.redirectFor ?? ((url: string) => url)),
    cleanAddress: vi.fn(changes.cleanAddress ?? (() => undefined)),
  }
  return { parts, ...useNcidas(parts) }
}

test('what the phone answers is handed to the gateway, and the face page takes the way on', async () => {
  const { arrive, parts } = page()
  await arrive(query)
  expect(parts.start).toHaveBeenCalledWith({
    ...{ orderId: 'o', verifyType: 3, redirectUrl: 'https://h/r?x=1', phone: 'android' },
  })
  expect(parts.call).toHaveBeenCalledWith(parameters)
  expect(parts.settle).toHaveBeenCalledWith('c', { token: 't' })
  expect(parts.fetchCode).toHaveBeenCalledWith({ next: 'face' }, me)
  expect(faceErrand()).toMatchObject({ orderId: 'o', checkId: 'c' })
})

test('not proven goes back to the platform as -1', async () => {
  const { arrive, parts } = page({ settle: async () => ok(settled('failed', true)) })
  await arrive(query)
  expect(parts.fetchCode).not.toHaveBeenCalled()
  expect(parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=-1')
})

test('nobody can say: the same answer is handed in again, the person does nothing twice', async () => {
  const answers = [ok(settled('pending')), lost, ok(settled('verified'))]
  const { arrive, run, parts, state } = page({ settle: async () => answers.shift() ?? lost })
  await arrive(query)
  expect(state.value).toBe('failed')
  await run()
  await run()
  expect(parts.call).toHaveBeenCalledOnce()
  expect(parts.settle.mock.calls).toEqual([1, 2, 3].map(() => ['c', { token: 't' }]))
  expect(parts.fetchCode).toHaveBeenCalledOnce()
})

test('a WeChat that cannot, a person who turned back, a hospital without it', async () => {
  const cannot = page({ call: async () => ({ kind: 'unsupported' }) })
  await cannot.arrive(query)
  expect(cannot.state.value).toBe('unsupported')
  await cannot.otherWay()
  expect(cannot.parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=-1')

  const turned = page({ call: async () => ({ kind: 'cancelled' }) })
  await turned.arrive(query)
  expect([turned.state.value, turned.mayRetry.value]).toEqual(['failed', true])
  expect(turned.problem.value?.message).toMatch(/换一种方式/)

  const without = page({ start: async () => refused('face-check-refused') })
  await without.arrive(query)
  expect([without.state.value, without.mayRetry.value]).toEqual(['failed', false])
})

test('a tampered redirect is refused, told to the gateway for its record, and never opened', async () => {
  const { arrive, parts, state } = page({ redirectFor: () => undefined })
  await arrive(query)
  expect(state.value).toBe('refused')
  expect(parts.start).toHaveBeenCalledOnce()
  expect(parts.call).not.toHaveBeenCalled()
  expect(parts.open).not.toHaveBeenCalled()
  expect(faceErrand()).toBeUndefined()
})

test('nothing to do without an order', async () => {
  const { arrive, state } = page()
  await arrive({})
  expect(state.value).toBe('nothing')
})
