import { describe, expect, test } from 'vitest'
import {
  CHANNEL_ADVICE,
  channelAdvice,
  SUBSCRIBE_ADVICE,
  subscribeAdvice,
  TEMPLATE_ADVICE,
  templateAdvice,
} from './message-advice.ts'

const TABLES = [
  ['template', TEMPLATE_ADVICE, templateAdvice],
  ['subscribe', SUBSCRIBE_ADVICE, subscribeAdvice],
  ['channel', CHANNEL_ADVICE, channelAdvice],
] as const

describe.each(TABLES)('%s message', (_, table, advice) => {
  test('each errcode has one row, with a text for the operator', () => {
    expect(new Set(table.map(({ errcode }) => errcode)).size).toBe(table.length)
    for (const row of table) {
      expect(row.zh).toMatch(/[\u4e00-\u9fff]。$/)
      expect(advice(row.errcode)).toEqual(row)
      expect(advice(String(row.errcode))).toEqual(row)
    }
  })

  test('nothing but 0 is accepted', () => {
    expect(table.filter(({ action }) => action === 'wait').map(({ errcode }) => errcode)).toEqual([0])
  })

  test('an errcode that nobody knows alerts an operator, a call that was never sent is sent later', () => {
    expect(advice(99_999)).toMatchObject({ errcode: 99_999, action: 'config-alert' })
    expect(advice('transport')).toMatchObject({ errcode: undefined, action: 'later' })
  })
})

test.each([
  [40001, 'token'],
  [42001, 'token'],
  [40003, 'stale-binding'],
  [40036, 'config-alert'],
  [40037, 'config-alert'],
  [43004, 'fall-back'],
  [43019, 'drop'],
  [45009, 'tomorrow'],
  [47001, 'mapping'],
  [47003, 'mapping'],
  [43116, 'config-alert'],
  [45109, 'config-alert'],
])('template message, %d: %s', (errcode, action) => {
  expect(templateAdvice(errcode).action).toBe(action)
})

test.each([
  [43101, 'fall-back'],
  [47003, 'mapping'],
  [40037, 'config-alert'],
  [41030, 'config-alert'],
  [45009, 'tomorrow'],
])('subscribe message, %d: %s', (errcode, action) => {
  expect(subscribeAdvice(errcode).action).toBe(action)
})
