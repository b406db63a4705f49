import { beforeEach, expect, test, vi } from 'vitest'
import { faceErrand } from '../../flow/face-errand.ts'
import { rememberErrand, rememberWechatCode } from '../../flow/wechat-code.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { me, ok, refused } from '../../test-support/views.ts'
import { type FaceParts, useFace } from './use-face.ts'

beforeEach(() => void fakeUni())

const query = { orderId: 'o', verifyType: '1', redirectUrl: 'https://h/r?x=1' }

function page(changes: Partial<FaceParts> = {}) {
  const parts = {
    ensureMe: vi.fn(changes.ensureMe ?? (async () => ok(me))),
    start: vi.fn(changes.start ?? (async () => ok({ id: 'c', verifyId: 'v', bridgePage: null }))),
    settle: vi.fn(changes.settle ?? (async () => ok({ verifyOrderId: 'result' }))),
    verify: vi.fn(changes.verify ?? (async () => 'ended' as const)),
    openBridge: vi.fn(changes.openBridge ?? (async () => 'left' as const)),
    fetchCode: vi.fn(changes.fetchCode ?? (async () => true)),
    open: vi.fn(changes.open ?? (async () => true)),
    redirectFor: vi.fn(changes.redirectFor ?? ((url: string) => url)),
    cleanAddress: vi.fn(changes.cleanAddress ?? (() => undefined)),
  }
  return { parts, ...useFace(parts) }
}

test('checks, fetches a fresh code, settles and takes the result back to the platform', async () => {
  const first = page()
  await first.arrive(query)
  expect(first.parts.cleanAddress).toHaveBeenCalledWith({})
  expect(first.parts.start).toHaveBeenCalledWith({
    orderId: 'o',
    verifyType: 1,
    redirectUrl: 'https://h/r?x=1',
  })
  expect(first.parts.fetchCode).toHaveBeenCalledWith({ next: 'face' }, me)
  expect(first.parts.settle).not.toHaveBeenCalled()

  // Back from the code's page the app may be a new one: only the storage knows.
  rememberErrand({ next: 'face' })
  const second = page()
  await second.arrive({ wechatCode: 'w' })
  expect(second.parts.settle).toHaveBeenCalledWith('c', 'w')
  expect(second.parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=result')
  expect(faceErrand()).toBeUndefined()
})

test('not passed goes back as -1', async () => {
  rememberWechatCode('w')
  const { arrive, parts } = page({ settle: async () => ok({ verifyOrderId: null }) })
  await arrive(query)
  expect(parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=-1')
})

test('a tampered redirect is refused, told to the gateway for its record, and never opened', async () => {
  const { arrive, parts, state } = page({ redirectFor: () => undefined })
  await arrive(query)
  expect(state.value).toBe('refused')
  expect(parts.start).toHaveBeenCalledWith({ orderId: 'o', verifyType: 1, redirectUrl: 'https://h/r?x=1' })
  expect(parts.verify).not.toHaveBeenCalled()
  expect(parts.open).not.toHaveBeenCalled()
  expect(faceErrand()).toBeUndefined()
})

test('a phone that cannot is told so, and another way is one tap', async () => {
  const { arrive, parts, state, otherWay } = page({ verify: async () => 'unsupported' })
  await arrive(query)
  expect(state.value).toBe('unsupported')
  await otherWay()
  expect(parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=-1')
})

test('cancelled: a new try is a new check', async () => {
  const results = ['cancelled', 'ended'] as const
  let tries = 0
  const { arrive, parts, state, run } = page({ verify: async () => results[tries++] ?? 'ended' })
  await arrive(query)
  expect(state.value).toBe('failed')
  await run()
  expect(parts.start).toHaveBeenCalledTimes(2)
})

test('back without a code it stops instead of going round', async () => {
  await page().arrive(query)
  rememberErrand({ next: 'face' })
  const { arrive, parts, problem } = page()
  await arrive({})
  expect(problem.value?.code).toBe('NO_WECHAT_CODE')
  expect(parts.fetchCode).not.toHaveBeenCalled()
})

test('the stand-in page opens above, and the way back settles', async () => {
  const { arrive, parts, show } = page({
    start: async () => ok({ id: 'c', verifyId: 'v', bridgePage: 'http://127.0.0.1:9102/face' }),
    openBridge: async () => 'opened',
  })
  await arrive(query)
  expect(parts.verify).not.toHaveBeenCalled()
  await show()
  expect(parts.fetchCode).toHaveBeenCalledOnce()
})

test('a refused check is said; nothing to check as well', async () => {
  const { arrive, state } = page({ start: async () => refused('face-check-refused') })
  await arrive(query)
  expect(state.value).toBe('failed')
  fakeUni()
  const empty = page()
  await empty.arrive({})
  expect(empty.state.value).toBe('nothing')
})
