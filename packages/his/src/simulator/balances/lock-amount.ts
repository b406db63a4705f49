import { type Fen, fen } from '@zhangyi/core'
import { type HospitalState, nextNumber } from '../hospital-state.ts'

export interface NewAmountLock {
  readonly amount: Fen
  /** In Chinese, for the patient. */
  readonly reason: string
  /** Whether the patient may still spend it here; not, when absent. */
  readonly spendable?: boolean
}

/** Throws `RangeError` for an unknown archive or an amount that is none. */
export function lockAmount(state: HospitalState, patid: string, lock: NewAmountLock): string {
  if (!state.archives.some((archive) => archive.patid === patid)) throw new RangeError('no such archive')
  if (!(lock.amount > 0)) throw new RangeError('a lock is for more than nothing')
  const { reason, spendable = false } = lock
  const lockId = nextNumber(state, 'SD')
  state.amountLocks.push({ lockId, patid, amount: fen(lock.amount), reason, spendable })
  return lockId
}

/** Throws `RangeError` if there is no such lock. */
export function unlockAmount({ amountLocks }: HospitalState, lockId: string): void {
  const index = amountLocks.findIndex((lock) => lock.lockId === lockId)
  if (index < 0) throw new RangeError('no such lock')
  amountLocks.splice(index, 1)
}
