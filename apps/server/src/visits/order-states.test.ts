import { describe, expect, test } from 'vitest'
import { type Happening, isLive, isResting, STATES, type State, stateAfter } from './order-states.ts'

const HAPPENINGS: readonly Happening[] = [
  ...([
    'locked',
    'not-locked',
    'abandoned',
    'lapsed',
    'unpaid',
    'released',
    'paid',
    'free',
    'asked',
  ] as const),
  ...(['booked', 'refused', 'refused-free', 'refunded', 'cancel-asked', 'cancel-refused'] as const),
  ...(['cancel-done', 'cancel-done-free'] as const),
]

/** Every way an order can go, as the happenings on it; a cancellation that was refused is gone through once. */
function ways(from: State, gone: readonly Happening[] = []): readonly (readonly Happening[])[] {
  const next = HAPPENINGS.flatMap((one) => {
    const to = stateAfter(from, one)
    return to === undefined || gone.filter((was) => was === one).length > 1 ? [] : ways(to, [...gone, one])
  })
  return isResting(from) ? [gone, ...next] : next
}

const ALL = [...ways('locking'), ...ways('to-pay')]
const count = (way: readonly Happening[], ...what: readonly Happening[]) =>
  way.filter((one) => what.includes(one)).length

describe('whatever happens to an order', () => {
  test('the HIS is asked to book at most once, and only what is paid or free', () => {
    for (const way of ALL) {
      expect(count(way, 'asked'), way.join()).toBeLessThanOrEqual(1)
      if (way.includes('asked')) expect(count(way, 'paid', 'free'), way.join()).toBe(1)
    }
  })

  test('money goes back at most once, and only after the HIS said no or took it back', () => {
    for (const way of ALL) {
      expect(count(way, 'refused', 'cancel-done'), way.join()).toBeLessThanOrEqual(1)
      if (way.includes('refunded')) expect(count(way, 'refused', 'cancel-done'), way.join()).toBe(1)
    }
  })

  test('an end stays', () => {
    for (const end of ['closed', 'refunded', 'cancelled'] as const)
      for (const one of HAPPENINGS) expect(stateAfter(end, one)).toBeUndefined()
  })

  test('every state is reached, and an unfinished one is left again', () => {
    const reached = new Set<State>(['locking', 'to-pay'])
    for (const state of STATES) for (const one of HAPPENINGS) reached.add(stateAfter(state, one) ?? state)
    expect([...reached].toSorted()).toEqual([...STATES].toSorted())
    for (const state of STATES)
      if (!isResting(state))
        expect(
          HAPPENINGS.some((one) => stateAfter(state, one)),
          state,
        ).toBe(true)
  })

  test('what keeps a slot or bills is never at rest', () => {
    for (const state of STATES) expect(isLive(state) && isResting(state), state).toBe(false)
  })
})
