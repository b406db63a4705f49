import { type Fen, fen } from '@zhangyi/core'
import type { Account, Ledger } from './ledger.ts'

/** What the accounts held together just before a moment: today's balance with all later movements undone. */
export function balanceAt(ledger: Ledger, accounts: readonly Account[], beforeMs: number): Fen {
  let balance: number = accounts.reduce((sum, account) => sum + ledger.balance(account), 0)
  for (const { atMs, from, to, amountFen } of ledger.entries) {
    if (atMs < beforeMs) continue
    if (accounts.includes(to)) balance -= amountFen
    if (accounts.includes(from)) balance += amountFen
  }
  return fen(balance)
}
