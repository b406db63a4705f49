import { HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { timeLeft } from './time-left.ts'

test.each([
  [7 * HOUR_MS + 5 * MINUTE_MS + 59_000, '7 小时 5 分'],
  [2 * HOUR_MS, '2 小时'],
  [40 * MINUTE_MS, '40 分钟'],
  [20_000, '不到 1 分钟'],
  [0, undefined],
  [-1, undefined],
])('%i ms are %s', (leftMs, text) => {
  expect(timeLeft(leftMs)).toBe(text)
})
