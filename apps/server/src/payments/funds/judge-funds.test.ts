import { addFen, fen, MINUTE_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { availableFen, decidesBy, isDry, isEnough } from './judge-funds.ts'

const account = { balance_fen: 5, source: 'api' as const, as_of_ms: 0, dry_since_ms: null }

test('the first probe that has something to go by decides', () => {
  const all = ['api', 'ledger', 'attempt'] as const
  expect(decidesBy([...all], account, 2 * MINUTE_MS)).toBe('api')
  expect(decidesBy([...all], account, 2 * MINUTE_MS + 1)).toBe('ledger')
  expect(decidesBy([...all], { ...account, source: 'operator' }, 0)).toBe('ledger')
  expect(decidesBy([...all], { ...account, source: null, as_of_ms: null }, 0)).toBe('attempt')
  expect(decidesBy(['ledger'], undefined, 0)).toBe('none')
  expect(decidesBy(['api'], account, 2 * MINUTE_MS + 1)).toBe('none')
})

test('what is promised one after the other is never more than there is', () => {
  const amount = fc.integer({ min: 1, max: 1_000 }).map(fen)
  fc.assert(
    fc.property(
      fc.array(amount, { maxLength: 30 }),
      amount,
      amount,
      fc.boolean(),
      (wanted, has, more, equal) => {
        let takenFen = fen(0)
        for (const amountFen of wanted)
          if (isEnough(availableFen('ledger', has, { takenFen, toppedUpFen: more }), amountFen, equal))
            takenFen = addFen(takenFen, amountFen)
        expect(takenFen).toBeLessThanOrEqual(has + more)
      },
    ),
  )
})

test('dry for ten minutes', () => {
  expect(isDry({ dry_since_ms: 0 }, 10 * MINUTE_MS - 1)).toBe(true)
  expect(isDry({ dry_since_ms: 0 }, 10 * MINUTE_MS)).toBe(false)
  expect(isDry({ dry_since_ms: null }, 0)).toBe(false)
})
