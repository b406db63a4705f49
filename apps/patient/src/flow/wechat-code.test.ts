import { beforeEach, expect, test } from 'vitest'
import { fakeUni } from '../test-support/fake-uni.ts'
import {
  errandNow,
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
