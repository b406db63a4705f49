import { beforeEach, expect, test } from 'vitest'
import { fakeUni } from '../test-support/fake-uni.ts'
import {
  type CodeErrand,
  errandNow,
  errandPage,
  goesOnWithoutCode,
  rememberErrand,
  rememberWechatCode,
  takeArrivedCode,
  takeWechatCode,
} from './wechat-code.ts'

beforeEach(() => void fakeUni())

test('a code is taken once', () => {
  rememberWechatCode('w')
  expect(takeWechatCode()).toBe('w')
  expect(takeWechatCode()).toBeUndefined()
})

test('a link with somebody’s code is not taken unless this phone went to fetch one', () => {
  takeArrivedCode({ wechatCode: 'stranger' }, 'start')
  expect(takeWechatCode()).toBeUndefined()
  rememberErrand({ next: 'face' })
  takeArrivedCode({ wechatCode: 'stranger' }, 'start')
  expect(takeWechatCode()).toBeUndefined()
  takeArrivedCode({ wechatCode: 'own' }, 'face')
  expect(takeWechatCode()).toBe('own')
})

test('a new errand forgets an old code', () => {
  rememberWechatCode('old')
  rememberErrand({ next: 'start', intent: 'upgrade', patientId: 'p' })
  expect(takeWechatCode()).toBeUndefined()
  expect(errandNow()).toEqual({ next: 'start', intent: 'upgrade', patientId: 'p' })
})

test.each<[CodeErrand, string, object]>([
  [
    { next: 'start', intent: 'upgrade', patientId: 'p' },
    '/pages/enrolment/start',
    { intent: 'upgrade', patientId: 'p' },
  ],
  [{ next: 'face' }, '/pages/face/face', {}],
  [
    { next: 'verify', purpose: 'lab-report', patientId: 'p' },
    '/pages/verify/confirm',
    { purpose: 'lab-report', patientId: 'p' },
  ],
])('%j comes back to its own page', (errand, route, query) => {
  rememberErrand(errand)
  expect(errandNow()).toEqual(errand)
  expect(errandPage(errand)).toEqual({ route, query })
})

test('only the card code goes on when no code came', () => {
  expect(goesOnWithoutCode({ next: 'verify', purpose: 'card-code', patientId: 'p' })).toBe(true)
  expect(goesOnWithoutCode({ next: 'verify', purpose: 'lab-report', patientId: 'p' })).toBe(false)
  expect(goesOnWithoutCode({ next: 'face' })).toBe(false)
  expect(goesOnWithoutCode(undefined)).toBe(false)
})

test('an errand of an older or a meddled-with app is none', () => {
  const stored = fakeUni()
  for (const value of [
    { next: 'verify', purpose: 'refund', patientId: 'p' },
    { next: 'verify' },
    { next: 'x' },
  ]) {
    stored.set('zhangyi.wechat-code.errand', JSON.stringify({ value, expiresAtMs: null }))
    expect(errandNow()).toBeUndefined()
  }
})
