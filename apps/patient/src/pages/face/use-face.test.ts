import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { FaceAdvice, FaceSettlement } from '../../api/face-types.ts'
import { faceErrand } from '../../flow/face-errand.ts'
import { rememberErrand, rememberWechatCode } from '../../flow/wechat-code.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { me, ok, refused } from '../../test-support/views.ts'
import type { FaceParts } from './face-parts.ts'
import { useFace } from './use-face.ts'

beforeEach(() => void fakeUni())

const settled = (state: FaceSettlement['state'], more: Partial<FaceSettlement> = {}): FaceSettlement => ({
  ...{ state, verifyOrderId: null, advice: null },
  ...more,
})
const advice = (more: Partial<FaceAdvice>): FaceAdvice => ({
  ...{ zh: '请这样做。', action: 'retry', retry: true, judged: false },
  ...more,
})
/** Without a code: passed, bring one. With it: the platform's number. */
const passes: FaceParts['settle'] = async (_id, code) =>
  ok(code === undefined ? settled('verified') : settled('passed', { verifyOrderId: 'result' }))

const query = { orderId: 'o', verifyType: '1', redirectUrl: 'https://h/r?x=1' }

function page(changes: Partial<FaceParts> = {}) {
  const parts = {
    ensureMe: vi.fn(changes.ensureMe ?? (async () => ok(me))),
    start: vi.fn(changes.start ?? (async () => ok({ id: 'c', verifyId: 'v', bridgePage: null }))),
    settle: vi.fn(changes.settle ?? passes),
    verify: vi.fn(changes.verify ?? (async () => 'ended' as const)),
    openBridge: vi.fn(changes.openBridge ?? (async () => 'left' as const)),
    fetchCode: vi.fn(changes.fetchCode ?? (async () => true)),
    open: vi.fn(changes.open ?? (async () => true)),
    redirectFor: vi.fn(changes.redirectFor ?? ((url: string) => url)),
    cleanAddress: vi.fn(changes.cleanAddress ?? (() => undefined)),
    pause: vi.fn(changes.pause ?? (async () => undefined)),
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
  expect(first.parts.settle).toHaveBeenCalledWith('c', undefined)

  // Back from the code's page the app may be a new one: only the storage knows.
  rememberErrand({ next: 'face' })
  const second = page()
  await second.arrive({ wechatCode: 'w' })
  expect(second.parts.settle).toHaveBeenCalledWith('c', 'w')
  expect(second.parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=result')
  expect(faceErrand()).toBeUndefined()
})

test('a face that did not match goes back as -1, without asking WeChat for a code', async () => {
  const { arrive, parts } = page({
    settle: async () => ok(settled('failed', { advice: advice({ judged: true }) })),
  })
  await arrive(query)
  expect(parts.fetchCode).not.toHaveBeenCalled()
  expect(parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=-1')
})

describe('what WeChat never came to judge stays here, with its advice', () => {
  test('again is a new check', async () => {
    const zh = '请在手机设置里允许微信使用摄像头，再重新开始验证。'
    const answers = [settled('failed', { advice: advice({ zh, action: 'settings' }) }), settled('verified')]
    const { arrive, parts, state, problem, mayRetry, run } = page({
      settle: async () => ok(answers.shift() ?? settled('verified')),
    })
    await arrive(query)
    expect([state.value, problem.value?.message, mayRetry.value]).toEqual(['failed', zh, true])
    expect(parts.open).not.toHaveBeenCalled()
    await run()
    expect(parts.start).toHaveBeenCalledTimes(2)
    expect(parts.fetchCode).toHaveBeenCalledOnce()
  })

  test('where a new one does not help, only another way is offered', async () => {
    const { arrive, state, mayRetry, otherWay, parts } = page({
      settle: async () => ok(settled('failed', { advice: advice({ action: 'ops', retry: false }) })),
    })
    await arrive(query)
    expect([state.value, mayRetry.value]).toEqual(['failed', false])
    await otherWay()
    expect(parts.open).toHaveBeenCalledWith('https://h/r?x=1&verify_order_id=-1')
  })
})

test('no result yet is asked for again, a few times; then the person decides', async () => {
  const answers = [1, 2, 3].map(() => settled('pending', { advice: advice({ zh: '正在核验，请稍候。' }) }))
  const { arrive, parts, state, problem, run, restart } = page({
    settle: async () => ok(answers.shift() ?? settled('verified')),
  })
  await arrive(query)
  expect(parts.settle).toHaveBeenCalledTimes(3)
  expect([state.value, problem.value?.message]).toEqual(['pending', '正在核验，请稍候。'])
  await run()
  expect(parts.start).toHaveBeenCalledOnce()
  expect(parts.fetchCode).toHaveBeenCalledOnce()
  await restart()
  expect(parts.start).toHaveBeenCalledTimes(2)
})

test('the platform did not confirm: not told again with the same code, and not in a circle', async () => {
  rememberWechatCode('w')
  const notConfirmed = settled('verified', { advice: advice({ action: 'fetch-code' }) })
  const { arrive, parts, state, run } = page({ settle: async () => ok(notConfirmed) })
  await arrive(query)
  expect(parts.settle.mock.calls).toEqual([['c', 'w']])
  expect([state.value, parts.fetchCode.mock.calls.length]).toEqual(['untold', 0])
  await run()
  expect(parts.fetchCode).toHaveBeenCalledOnce()
  expect(parts.start).toHaveBeenCalledOnce()
})

test('a code that was not needed yet is kept for when it is', async () => {
  rememberWechatCode('w')
  const codes: (string | undefined)[] = []
  const { arrive, run } = page({
    settle: async (_id, code) => {
      codes.push(code)
      return ok(codes.length > 3 ? settled('passed', { verifyOrderId: 'r' }) : settled('pending'))
    },
  })
  await arrive(query)
  await run()
  expect(codes).toEqual(['w', 'w', 'w', 'w'])
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
  const { arrive, state, mayRetry } = page({ start: async () => refused('face-check-refused') })
  await arrive(query)
  expect([state.value, mayRetry.value]).toEqual(['failed', false])
  fakeUni()
  const empty = page()
  await empty.arrive({})
  expect(empty.state.value).toBe('nothing')
})
