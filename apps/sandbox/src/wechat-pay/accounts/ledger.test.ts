import { addFen, fen } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Account, Ledger, LedgerError } from './ledger.ts'

const accounts = ['outside', 'basic', 'operation', 'locked', 'waiting', 'user:a', 'user:b'] as const
const move = fc.record({
  from: fc.constantFrom<Account>(...accounts),
  to: fc.constantFrom<Account>(...accounts),
  amountFen: fc.integer({ min: -5, max: 5_000 }).map(fen),
})

test('money is neither made nor lost, and no account of the merchant falls below zero', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      let ledger = new Ledger()
      for (const one of moves)
        try {
          ledger.post({ ...one, atMs: 0, kind: 'top-up', number: 'N', wechatNumber: 'W' })
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError)
        }
      ledger = new Ledger(JSON.parse(JSON.stringify(ledger.kept)))
      expect(ledger.sum()).toBe(0)
      for (const account of accounts) {
        const came = ledger.entries.filter(({ to }) => to === account).map(({ amountFen }) => amountFen)
        const went = ledger.entries.filter(({ from }) => from === account).map(({ amountFen }) => amountFen)
        expect(ledger.balance(account)).toBe(addFen(...came) - addFen(...went))
        if (!/^(outside|user)/.test(account)) expect(ledger.balance(account)).toBeGreaterThanOrEqual(0)
      }
    }),
    { seed: 20261123, numRuns: 100 },
  )
})

test('a movement that is too large for its receiver leaves both accounts as they were', () => {
  const ledger = new Ledger()
  const about = { atMs: 0, kind: 'top-up', number: 'N', wechatNumber: 'W' } as const
  const half = fen(2 ** 52)
  ledger.post({ ...about, from: 'user:a', to: 'basic', amountFen: half })
  expect(() => ledger.post({ ...about, from: 'user:b', to: 'basic', amountFen: half })).toThrow()
  expect([ledger.sum(), ledger.balance('user:b'), ledger.balance('basic')]).toEqual([0, 0, half])
})
