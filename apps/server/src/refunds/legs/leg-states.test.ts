import { expect, test } from 'vitest'
import { HAPPENINGS, isEnd, isHeld, LEG_STATES, legAfter } from './leg-states.ts'

test('an end never changes, and everything else can reach one', () => {
  for (const state of LEG_STATES) {
    const next = HAPPENINGS.flatMap((happening) => legAfter(state, happening) ?? [])
    if (isEnd(state)) expect(next, state).toEqual([])
    else expect([...reachable(state)].some(isEnd), state).toBe(true)
  }
})

test('nothing is paid that the HIS does not hold, and nothing held ends but paid or given back', () => {
  expect(whoLeadsTo('paying')).toEqual(['holding', 'one-sided'])
  expect(whoLeadsTo('paid')).toEqual(['confirming', 'paying'])
  expect(whoLeadsTo('released')).toEqual(['releasing'])
  // By query not paid: what may still be paid is never handed over as well.
  expect(whoLeadsTo('settled-at-window')).toEqual(['one-sided'])
  for (const state of LEG_STATES.filter(isHeld))
    for (const end of ['refused', 'lapsed'] as const)
      for (const happening of HAPPENINGS) expect(legAfter(state, happening)).not.toBe(end)
})

test('what was paid is never given back, and what is given back is never paid', () => {
  expect([...reachable('confirming')]).toEqual(['paid'])
  // But for a HIS that cannot take it back, and for one that may be tried again.
  expect([...reachable('releasing')].sort()).toContain('released')
  expect(legAfter('releasing', 'paid')).toBeUndefined()
})

function whoLeadsTo(end: string): string[] {
  return LEG_STATES.filter((state) =>
    HAPPENINGS.some((happening) => legAfter(state, happening) === end),
  ).sort()
}

function reachable(from: (typeof LEG_STATES)[number]): Set<(typeof LEG_STATES)[number]> {
  const seen = new Set<(typeof LEG_STATES)[number]>()
  const visit = (state: (typeof LEG_STATES)[number]) => {
    for (const happening of HAPPENINGS) {
      const next = legAfter(state, happening)
      if (next === undefined || seen.has(next)) continue
      seen.add(next)
      visit(next)
    }
  }
  visit(from)
  return seen
}
