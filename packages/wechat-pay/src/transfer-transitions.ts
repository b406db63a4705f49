import { isFinalTransferState, type TransferState } from './transfer-states.ts'

/**
 * - `same`: nothing new.
 * - `advance`: take the new state.
 * - `older`: seen before; record it and keep the stored state.
 * - `contradiction`: a final state would change; keep it, raise an alarm and a case.
 * - `unrecognised`: a state that this version does not know; keep the stored one, raise an alarm.
 */
export type Transition = 'same' | 'advance' | 'older' | 'contradiction' | 'unrecognised'

// Polls miss states, so skipping forward is normal: each row holds what can be reached, not only the next step.
// A confirmation may win against a cancel that was accepted, and a confirm page may be raised again while
// transferring, hence the ways on from CANCELING and TRANSFERING.
const REACHABLE: Readonly<Record<TransferState, readonly TransferState[]>> = {
  ACCEPTED: [
    ...(['PROCESSING', 'WAIT_USER_CONFIRM', 'TRANSFERING', 'SUCCESS'] as const),
    ...(['FAIL', 'CANCELING', 'CANCELLED'] as const),
  ],
  PROCESSING: ['WAIT_USER_CONFIRM', 'TRANSFERING', 'SUCCESS', 'FAIL', 'CANCELING', 'CANCELLED'],
  WAIT_USER_CONFIRM: ['TRANSFERING', 'SUCCESS', 'FAIL', 'CANCELING', 'CANCELLED'],
  TRANSFERING: ['WAIT_USER_CONFIRM', 'SUCCESS', 'FAIL', 'CANCELING', 'CANCELLED'],
  CANCELING: ['TRANSFERING', 'SUCCESS', 'FAIL', 'CANCELLED'],
  SUCCESS: [],
  FAIL: [],
  CANCELLED: [],
}

/** Total: what a newly reported state means for the stored one. `undefined`: nothing was stored yet. */
export function judgeTransition(
  from: TransferState | undefined,
  to: TransferState | 'UNRECOGNISED',
): Transition {
  if (to === 'UNRECOGNISED') return 'unrecognised'
  if (from === to) return 'same'
  if (from === undefined || REACHABLE[from].includes(to)) return 'advance'
  return isFinalTransferState(from) && isFinalTransferState(to) ? 'contradiction' : 'older'
}
