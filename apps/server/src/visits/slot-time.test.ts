import { expect, test } from 'vitest'
import { isBegun, isOver } from './slot-time.ts'

const at = (time: string) => Date.parse(`2026-11-23T${time}:00+08:00`)
const slot = (startsAt?: string, endsAt?: string) => ({
  ...{ day: '2026-11-23', period: 'afternoon' as const, startsAt, endsAt },
})

test('a slot with times begins and is over by them', () => {
  const one = slot('13:30', '14:30')
  expect([isBegun(one, at('13:29')), isBegun(one, at('13:30'))]).toEqual([false, true])
  expect([isOver(one, at('14:29')), isOver(one, at('14:30'))]).toEqual([false, true])
})

test('a slot of a HIS that only numbers its patients lasts for its half-day', () => {
  expect([isBegun(slot(), at('11:59')), isBegun(slot(), at('12:00'))]).toEqual([false, true])
  expect([isOver(slot('13:30'), at('17:59')), isOver(slot('13:30'), at('18:00'))]).toEqual([false, true])
})
