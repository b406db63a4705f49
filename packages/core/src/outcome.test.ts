import { expect, test } from 'vitest'
import { assertNever, no, type Outcome, unknown, yes } from './outcome.ts'

function tell(outcome: Outcome<number>): string {
  switch (outcome.kind) {
    case 'yes':
      return `yes ${outcome.value}`
    case 'no':
      return `no ${outcome.code} ${outcome.reason}`
    case 'unknown':
      return `unknown ${outcome.cause}`
    default:
      return assertNever(outcome, 'outcome')
  }
}

test('each kind of outcome carries what belongs to it', () => {
  expect(tell(yes(7))).toBe('yes 7')
  expect(tell(no('E1', 'refused'))).toBe('no E1 refused')
  expect(tell(unknown('time-out'))).toBe('unknown time-out')
})

test('data that lies about its type is named by its kind', () => {
  expect(() => tell({ kind: 'perhaps' } as never)).toThrow('unhandled outcome: perhaps')
  expect(() => assertNever('x' as never)).toThrow('unhandled case: x')
  expect(() => assertNever(undefined as never)).toThrow('unhandled case: undefined')
})
