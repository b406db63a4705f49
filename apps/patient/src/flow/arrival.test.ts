import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeUni } from '../test-support/fake-uni.ts'
import { flowViews, lost, ok, refused } from '../test-support/views.ts'
import { readArrival, recallArrival, rememberArrival } from './arrival.ts'
import { authCodeOf } from './flow-storage.ts'
import { type ArrivalApi, sendArrival } from './send-arrival.ts'

let stored: Map<string, string>
beforeEach(() => {
  stored = fakeUni()
})

function gateway(answers: Partial<ArrivalApi> = {}) {
  const never = vi.fn(async () => refused('not-expected'))
  return {
    sendHealthCode: vi.fn(answers.sendHealthCode ?? never),
    sendRegInfoCode: vi.fn(answers.sendRegInfoCode ?? never),
    arriveAtForm: vi.fn(answers.arriveAtForm ?? never),
    reportVerifyFailed: vi.fn(answers.reportVerifyFailed ?? never),
    getEnrolment: vi.fn(answers.getEnrolment ?? never),
  }
}

describe('the landing address', () => {
  test.each([
    [
      { flow: 'f', healthCode: 'h' },
      { kind: 'health-code', code: 'h' },
    ],
    [
      { flow: 'f', regInfoCode: 'r' },
      { kind: 'reg-info-code', code: 'r' },
    ],
    [
      { flow: 'f', authCode: 'a' },
      { kind: 'auth-code', code: 'a' },
    ],
    [{ flow: 'f', failed: '1' }, { kind: 'failed' }],
    [{ flow: 'f' }, undefined],
    [{ flow: 'f', healthCode: '' }, undefined],
    [{ flow: 'f', healthCode: '${healthCode}' }, undefined],
  ])('%j', (query, arrival) => expect(readArrival(query)).toEqual(arrival))
})

describe('each of the four outcomes goes to its own operation', () => {
  test('healthCode', async () => {
    rememberArrival('f', { kind: 'health-code', code: 'h' })
    const api = gateway({ sendHealthCode: async () => ok(flowViews.done) })
    expect(await sendArrival('f', api)).toEqual(ok(flowViews.done))
    expect(api.sendHealthCode).toHaveBeenCalledWith('f', 'h')
    expect(stored.size, 'confirmed: the code is gone').toBe(0)
  })

  test('regInfoCode', async () => {
    rememberArrival('f', { kind: 'reg-info-code', code: 'r' })
    const api = gateway({ sendRegInfoCode: async () => ok(flowViews['complete-archive']) })
    await sendArrival('f', api)
    expect(api.sendRegInfoCode).toHaveBeenCalledWith('f', 'r')
    expect(recallArrival('f')).toBeUndefined()
  })

  test('authCode: kept for the form', async () => {
    rememberArrival('f', { kind: 'auth-code', code: 'a' })
    await sendArrival('f', gateway({ arriveAtForm: async () => ok(flowViews.form) }))
    expect(recallArrival('f')).toBeUndefined()
    expect(authCodeOf('f')).toBe('a')
  })

  test('failure', async () => {
    rememberArrival('f', { kind: 'failed' })
    const result = await sendArrival(
      'f',
      gateway({ reportVerifyFailed: async () => ok(flowViews['ways-on']) }),
    )
    expect(result).toEqual(ok(flowViews['ways-on']))
    expect(stored.size).toBe(0)
  })
})

test('a lost answer keeps the code, and sending it again settles it', async () => {
  rememberArrival('f', { kind: 'health-code', code: 'h' })
  const answers = [lost, ok(flowViews.done)]
  const api = gateway({ sendHealthCode: async () => answers.shift() ?? lost })
  expect((await sendArrival('f', api)).ok).toBe(false)
  expect(recallArrival('f')).toEqual({ kind: 'health-code', code: 'h' })
  expect((await sendArrival('f', api)).ok).toBe(true)
  expect(recallArrival('f')).toBeUndefined()
})

test('a refused code is not sent again', async () => {
  rememberArrival('f', { kind: 'health-code', code: 'h' })
  const result = await sendArrival('f', gateway({ sendHealthCode: async () => refused('code-refused') }))
  expect(result).toMatchObject({ ok: false, error: { code: 'code-refused' } })
  expect(stored.size).toBe(0)
})

test.each(['flow-wrong-step', 'flow-expired'])('%s: where the flow stands is asked instead', async (code) => {
  rememberArrival('f', { kind: 'failed' })
  const api = gateway({
    reportVerifyFailed: async () => refused(code),
    getEnrolment: async () => ok(flowViews.done),
  })
  expect(await sendArrival('f', api)).toEqual(ok(flowViews.done))
})

test('a reload, when nothing is stored any more, only asks', async () => {
  const api = gateway({ getEnrolment: async () => ok(flowViews.waiting) })
  expect(await sendArrival('f', api)).toEqual(ok(flowViews.waiting))
})

test('codes of two flows lie apart and die after half an hour', () => {
  vi.useFakeTimers()
  rememberArrival('f', { kind: 'failed' })
  rememberArrival('g', { kind: 'health-code', code: 'h' })
  expect(recallArrival('f')).toEqual({ kind: 'failed' })
  vi.advanceTimersByTime(30 * 60_000)
  expect(recallArrival('g')).toBeUndefined()
  vi.useRealTimers()
})
