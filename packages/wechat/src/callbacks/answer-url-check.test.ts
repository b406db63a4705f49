import { type ManualClock, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { callbackSettings } from '../testing/callback-settings.ts'
import { answerUrlCheck } from './answer-url-check.ts'
import { signatureOf } from './check-signature.ts'

const options = callbackSettings()
const query = {
  timestamp: '1795395600',
  nonce: 'nonce1',
  echostr: '5837797301598462937',
  signature: signatureOf(options.token, '1795395600', 'nonce1'),
}

test('WeChat gets its own text back', () => {
  expect(answerUrlCheck(options, query)).toBe('5837797301598462937')
})

test.each([
  ['signature', { signature: 'f'.repeat(40) }],
  ['signature', { nonce: 'nonce2' }],
  ['signature', { signature: undefined }],
  ['malformed', { echostr: undefined }],
  ['malformed', { echostr: '<script>' }],
  ['malformed', { echostr: ['1', '2'] }],
  ['malformed', { timestamp: 'now' }],
])('%s: %j', (problem, more) => {
  expect(() => answerUrlCheck(options, { ...query, ...more })).toThrow(`callback refused: ${problem}`)
})

test('an old check is a replay', () => {
  const later = callbackSettings()
  ;(later.clock as ManualClock).advance(11 * MINUTE_MS)
  expect(() => answerUrlCheck(later, query)).toThrow('stale')
})
