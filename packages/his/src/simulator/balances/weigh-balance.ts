import { addFen, type Fen, fen, subtractFen } from '@zhangyi/core'
import type { DepositBalance, Recharge } from '../../balances.ts'
import type { HospitalState } from '../hospital-state.ts'

const HELD_REASON = '有一笔退款正在办理'

/** What an account comes to, from everything that was booked on it. */
export function weighBalance(state: HospitalState, patid: string): DepositBalance {
  const own = <T extends { readonly patid: string }>(list: readonly T[]) =>
    list.filter((one) => one.patid === patid)
  const holds = own(state.holds)
  const locks = own(state.amountLocks)
  const total = subtractFen(
    sum(own(state.recharges)),
    addFen(
      sum(own(state.spendings)),
      sum(holds.filter((hold) => hold.state === 'confirmed')),
      sum(own(state.deductions).filter((deduction) => deduction.state === 'deducted')),
    ),
  )
  const held = sum(holds.filter((hold) => hold.state === 'held'))
  const blocked = sum(locks.filter(({ spendable }) => !spendable))
  const available = notNegative(subtractFen(total, addFen(held, blocked)))
  const refundable = notNegative(subtractFen(available, sum(locks.filter(({ spendable }) => spendable))))
  const reasons = [...locks.map(({ reason }) => reason), ...(held > 0 ? [HELD_REASON] : [])]
  const reason = refundable < total ? [...new Set(reasons)].join('；') : undefined
  return { patid, total, available, refundable, reason }
}

/** What of a recharge can still go back: neither refunded nor held for it. */
export function restOf(state: HospitalState, { rechargeId, amount, refunded }: Recharge): Fen {
  const held = state.holds.filter(({ depositId, state: held }) => held === 'held' && depositId === rechargeId)
  return notNegative(subtractFen(amount, addFen(refunded, sum(held))))
}

export function sum(list: readonly { readonly amount: Fen }[]): Fen {
  return addFen(...list.map(({ amount }) => amount))
}

// A visit may lock more than is there.
function notNegative(amount: Fen): Fen {
  return amount < 0 ? fen(0) : amount
}
