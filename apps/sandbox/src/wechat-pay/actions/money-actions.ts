import { type Fen, fen } from '@zhangyi/core'
import { z } from 'zod'
import type { Account } from '../accounts/ledger.ts'
import { prove } from '../accounts/prove.ts'
import { newNumber, type PayPlatform, wake } from '../platform.ts'
import type { Act } from './act.ts'

const account = z.enum(['BASIC', 'OPERATION'])
const topUp = z.strictObject({ account, amountFen: z.number().int().min(1).transform(fen) })
const setBalance = z.strictObject({ account, amountFen: z.number().int().min(0).transform(fen) })
const claim = z.strictObject({
  key: z.string().min(1).max(200),
  numbers: z.array(z.string().min(1).max(64)).min(1).max(100),
  amountFen: z.number().int().min(1).optional(),
})

/** The merchant's accounts, and what the books prove. */
export function moneyActions(platform: PayPlatform): Readonly<Record<string, Act>> {
  const accounts = () => ({
    BASIC: platform.ledger.balance('basic'),
    OPERATION: platform.ledger.balance('operation'),
    locked: platform.ledger.balance('locked'),
    waiting: platform.ledger.balance('waiting'),
  })
  return {
    accounts,
    'top-up': (input) => {
      const wish = topUp.parse(input)
      move(platform, 'outside', ownAccount(wish.account), wish.amountFen)
      return accounts()
    },
    'set-balance': (input) => {
      const wish = setBalance.parse(input)
      const to = ownAccount(wish.account)
      const difference = wish.amountFen - platform.ledger.balance(to)
      if (difference > 0) move(platform, 'outside', to, fen(difference))
      if (difference < 0) move(platform, to, 'outside', fen(-difference))
      return accounts()
    },
    claim: (input) => {
      const { key, numbers, amountFen } = claim.parse(input)
      const known = platform.claims.get(key)
      const merged = {
        numbers: [...new Set([...(known?.numbers ?? []), ...numbers])],
        amountFen: amountFen ?? known?.amountFen,
      }
      platform.claims.set(key, merged)
      platform.changed = true
      return { key, ...merged }
    },
    prove: () => prove(platform),
  }
}

function ownAccount(name: 'BASIC' | 'OPERATION'): Account {
  return name === 'BASIC' ? 'basic' : 'operation'
}

/** Money from or to the bank. Transfers that wait for funds go on. */
export function move(platform: PayPlatform, from: Account, to: Account, amountFen: Fen): void {
  const kind = from === 'outside' ? 'top-up' : 'withdrawal'
  const wechatNumber = newNumber(platform, '1000', 28)
  const atMs = platform.clock.nowMs()
  platform.ledger.post({ atMs, kind, from, to, amountFen, number: wechatNumber, wechatNumber })
  wake(platform)
}
