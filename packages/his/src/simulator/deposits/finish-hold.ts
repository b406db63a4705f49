import { type Fen, no, type Outcome, yes } from '@zhangyi/core'
import type { DepositHold, HoldConfirmation, HoldRelease } from '../../deposits.ts'
import { giveBack } from '../balances/give-back.ts'
import { bookEntry, originOf } from '../bills/book-entry.ts'
import type { HospitalState } from '../hospital-state.ts'
import { holdOf, type KeptHold } from './kept-hold.ts'

/** Books a held amount as paid back. Again under the same refund number is harmless; under another it is refused. */
export function confirmHold(
  state: HospitalState,
  { holdId, amount, refundNumber }: HoldConfirmation,
  nowMs: number,
): Outcome<DepositHold> {
  const found = findHold(state, holdId, amount)
  if (found.kind !== 'yes') return found
  const hold = found.value
  if (hold.state === 'released') return no('already-released', 'the hold was released')
  if (hold.state === 'confirmed')
    return hold.refundNumber === refundNumber
      ? yes(holdOf(hold))
      : no('already-confirmed', 'the hold was confirmed under another refund number')
  hold.state = 'confirmed'
  hold.refundNumber = refundNumber
  hold.givenBack = giveBack(state, hold.patid, amount, hold.depositId)
  bookEntry(state, {
    hisNumber: `HX${holdId}`,
    kind: 'refund',
    patid: hold.patid,
    amount,
    refundNumber,
    ...originOf(state, hold.depositId),
    bookedAt: new Date(nowMs).toISOString(),
  })
  return yes(holdOf(hold))
}

/** Gives a held amount back to the balance; again is harmless. */
export function releaseHold(state: HospitalState, { holdId, amount }: HoldRelease): Outcome<DepositHold> {
  const found = findHold(state, holdId, amount)
  if (found.kind !== 'yes') return found
  const hold = found.value
  if (hold.state === 'confirmed') return no('already-confirmed', 'the hold was confirmed')
  hold.state = 'released'
  return yes(holdOf(hold))
}

function findHold({ holds }: HospitalState, holdId: string, amount: Fen): Outcome<KeptHold> {
  const hold = holds.find((one) => one.holdId === holdId)
  if (!hold) return no('hold-unknown', 'no such hold')
  return hold.amount === amount ? yes(hold) : no('amount-mismatch', 'not the amount that is held')
}
