import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Purpose } from '../api/purposes.ts'
import { fakeUni } from '../test-support/fake-uni.ts'
import { cardCodeView, verifyViews } from '../test-support/verify-views.ts'
import { lost, ok, refused } from '../test-support/views.ts'
import { takeHandedVerification } from './handed-view.ts'
import { openVerification } from './verify-open.ts'
import { sendVerifyArrival, type VerifyArrivalApi } from './verify-send-arrival.ts'
import {
  ordersOf,
  rememberVerifyArrival,
  rememberVerifyOrder,
  verifyArrival,
  wishOf,
} from './verify-storage.ts'
import { protectedTarget, verificationTarget } from './verify-target.ts'

let stored: Map<string, string>
beforeEach(() => {
  stored = fakeUni()
})

describe('where a verification leads', () => {
  test.each<[Purpose, string, object]>([
    ['lab-report', '/pages/records/list', { kind: 'lab' }],
    ['examination-report', '/pages/records/list', { kind: 'examination' }],
    ['check-up-report', '/pages/records/list', { kind: 'check-up' }],
    ['inpatient-list', '/pages/records/list', { kind: 'inpatient-day' }],
    ['prescription', '/pages/records/list', { kind: 'prescription' }],
    ['diagnosis', '/pages/records/list', { kind: 'diagnosis' }],
    ['personal-data', '/pages/personal-data/show', {}],
    ['card-code', '/pages/card-code/show', {}],
  ])('%s → %s', (purpose, route, query) => {
    const page = { kind: 'page', route, query: { ...query, patientId: 'p' } }
    expect(protectedTarget({ purpose, patientId: 'p' })).toEqual(page)
    expect(verificationTarget({ ...verifyViews.granted, purpose, patientId: 'p' })).toEqual(page)
  })

  test('the other steps have pages of their own', () => {
    expect(verificationTarget(verifyViews['open-platform'])).toMatchObject({ kind: 'platform' })
    const query = { verification: 'verify_1' }
    expect(verificationTarget(verifyViews.waiting)).toMatchObject({ route: '/pages/verify/return', query })
    expect(verificationTarget(verifyViews['ways-on'])).toMatchObject({
      route: '/pages/verify/ways-on',
      query,
    })
  })

  test('不阻断展码流程: without a verification the card code page is shown all the same', () => {
    expect(verificationTarget(cardCodeView('ways-on'))).toEqual({
      kind: 'page',
      route: '/pages/card-code/show',
      query: { patientId: 'patient_1', fallback: 1 },
    })
  })
})

test('leaving for the platform keeps its number and the wish; our own pages get the view at hand', async () => {
  const open = vi.fn(async () => true)
  await openVerification(verifyViews['open-platform'], open)
  expect(open).toHaveBeenCalledWith({ kind: 'platform', url: verifyViews['open-platform'].url })
  expect(ordersOf('verify_1').verifyOrderId).toBe('vo_1')
  expect(wishOf('verify_1')).toEqual({ purpose: 'lab-report', patientId: 'patient_1' })
  await openVerification(verifyViews['ways-on'], open)
  expect(takeHandedVerification('verify_1')).toEqual(verifyViews['ways-on'])
})

describe('what the landing address carries', () => {
  test.each([
    [{ registerOrderId: 'r' }, 'passed'],
    [{ failed: '1' }, 'failed'],
    [{ registerOrderId: '' }, undefined],
    [{ registerOrderId: '${registerOrderId}' }, undefined],
    [{}, undefined],
  ])('%j', (query, arrival) => {
    rememberVerifyArrival('v', query)
    expect(verifyArrival('v')).toBe(arrival)
  })

  test('both numbers are kept per verification, and for half an hour at most', () => {
    vi.useFakeTimers()
    rememberVerifyOrder('v', 'vo')
    vi.advanceTimersByTime(20 * 60_000)
    rememberVerifyArrival('v', { registerOrderId: 'r' })
    expect(ordersOf('v')).toEqual({ verifyOrderId: 'vo', registerOrderId: 'r' })
    expect(ordersOf('w')).toEqual({ verifyOrderId: undefined, registerOrderId: undefined })
    vi.advanceTimersByTime(10 * 60_000)
    expect(ordersOf('v')).toEqual({ verifyOrderId: undefined, registerOrderId: 'r' })
    vi.advanceTimersByTime(20 * 60_000)
    expect(ordersOf('v').registerOrderId).toBeUndefined()
    vi.useRealTimers()
  })

  test('withdrawing the consent removes all of it', () => {
    rememberVerifyOrder('v', 'vo')
    rememberVerifyArrival('v', { registerOrderId: 'r' })
    for (const name of stored.keys()) expect(name).toMatch(/^zhangyi\.flow\./)
  })
})

describe('handing the outcome to the gateway', () => {
  function gateway(answers: Partial<VerifyArrivalApi> = {}) {
    const never = async () => refused('not-expected')
    return {
      sendResult: vi.fn(answers.sendResult ?? never),
      reportFailed: vi.fn(answers.reportFailed ?? never),
      getVerification: vi.fn(answers.getVerification ?? never),
    }
  }

  test('success: the platform’s number; confirmed once, it is not sent again', async () => {
    rememberVerifyArrival('verify_1', { registerOrderId: 'r' })
    const api = gateway({
      sendResult: async () => ok(verifyViews.granted),
      getVerification: async () => ok(verifyViews.granted),
    })
    await sendVerifyArrival('verify_1', api)
    expect(api.sendResult).toHaveBeenCalledWith('verify_1', 'r')
    await sendVerifyArrival('verify_1', api)
    expect(api.sendResult).toHaveBeenCalledOnce()
    expect(api.getVerification).toHaveBeenCalledOnce()
  })

  test('failure', async () => {
    rememberVerifyArrival('v', { failed: '1' })
    const api = gateway({ reportFailed: async () => ok(verifyViews['ways-on']) })
    expect(await sendVerifyArrival('v', api)).toEqual(ok(verifyViews['ways-on']))
    expect(verifyArrival('v')).toBeUndefined()
  })

  test('a lost answer keeps it, and sending it again settles it', async () => {
    rememberVerifyArrival('v', { registerOrderId: 'r' })
    const answers = [lost, ok(verifyViews.granted)]
    const api = gateway({ sendResult: async () => answers.shift() ?? lost })
    expect((await sendVerifyArrival('v', api)).ok).toBe(false)
    expect(verifyArrival('v')).toBe('passed')
    expect((await sendVerifyArrival('v', api)).ok).toBe(true)
  })

  test('a result of another verification is refused and not sent again', async () => {
    rememberVerifyArrival('v', { registerOrderId: 'r' })
    const api = gateway({ sendResult: async () => refused('result-refused') })
    expect(await sendVerifyArrival('v', api)).toMatchObject({ error: { code: 'result-refused' } })
    expect(verifyArrival('v')).toBeUndefined()
  })

  test.each(['verification-wrong-step', 'verification-expired'])(
    '%s: it is asked where it stands',
    async (code) => {
      rememberVerifyArrival('v', { failed: '1' })
      const api = gateway({
        reportFailed: async () => refused(code),
        getVerification: async () => ok(verifyViews.granted),
      })
      expect(await sendVerifyArrival('v', api)).toEqual(ok(verifyViews.granted))
    },
  )
})
