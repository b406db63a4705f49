import { expect, test } from 'vitest'
import { openingMs } from './hours.ts'

const HOURS = { from: '08:00', to: '21:00' }
const at = (text: string) => Date.parse(`2026-11-${text}:00+08:00`)

test.each([
  ['28T07:59', '28T08:00'],
  ['28T08:00', '28T08:00'],
  ['28T20:59', '28T20:59'],
  ['28T21:00', '29T08:00'],
  ['28T23:30', '29T08:00'],
  ['29T00:30', '29T08:00'],
])('at %s a campaign may send at %s', (now, opens) => {
  expect(openingMs(at(now), HOURS)).toBe(at(opens))
})
