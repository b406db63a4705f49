import { describe, expect, test } from 'vitest'
import {
  HAPPENINGS,
  type Happening,
  isEnd,
  STATES,
  type State,
  stateAfter,
  takesDocuments,
} from './offline-states.ts'

test.each<[State, Happening, State]>([
  ['draft', 'submitted', 'submitted'],
  ['draft', 'withdrawn', 'withdrawn'],
  ['submitted', 'taken', 'in-review'],
  ['submitted', 'withdrawn', 'withdrawn'],
  ['in-review', 'asked', 'more-documents'],
  ['in-review', 'proposed', 'in-review'],
  ['in-review', 'approved', 'approved'],
  ['in-review', 'rejected', 'rejected'],
  ['in-review', 'withdrawn', 'withdrawn'],
  ['more-documents', 'submitted', 'submitted'],
  ['more-documents', 'rejected', 'rejected'],
  ['more-documents', 'withdrawn', 'withdrawn'],
  ['approved', 'paid-out', 'paid-out'],
  ['approved', 'reopened', 'in-review'],
])('%s, then %s: %s', (from, happening, to) => {
  expect(stateAfter(from, happening)).toBe(to)
})

describe('whatever is tried', () => {
  test('there are fourteen ways on and no other', () => {
    const ways = STATES.flatMap((state) => HAPPENINGS.filter((one) => stateAfter(state, one)))
    expect(ways).toHaveLength(14)
  })

  test('an end stays, and everything else is left again', () => {
    for (const state of STATES)
      expect(
        HAPPENINGS.some((one) => stateAfter(state, one)),
        state,
      ).toBe(!isEnd(state))
  })

  test('only what is approved is paid out, and only what a clerk has taken is approved', () => {
    const before = (happening: Happening) => STATES.filter((state) => stateAfter(state, happening))
    expect(before('paid-out')).toEqual(['approved'])
    expect(before('approved')).toEqual(['in-review'])
    expect(
      STATES.filter((state) =>
        HAPPENINGS.some((one) => stateAfter(state, one) === 'in-review' && one === 'taken'),
      ),
    ).toEqual(['submitted'])
  })

  test('no document changes while the hospital decides, or afterwards', () => {
    expect(STATES.filter(takesDocuments)).toEqual(['draft', 'more-documents'])
  })
})
