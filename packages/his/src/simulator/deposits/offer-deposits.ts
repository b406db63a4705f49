import type { HisDeposits } from '../../deposits.ts'
import type { Desk } from '../open-desk.ts'
import { confirmHold, releaseHold } from './finish-hold.ts'
import { holdDeposit } from './hold-deposit.ts'
import { holdOf } from './kept-hold.ts'

export function offerDeposits({ state, clock, read, change }: Desk): HisDeposits {
  return {
    hold: (request, requestKey) =>
      change('deposits.hold', requestKey, request, () => holdDeposit(state, request, requestKey)),
    confirm: (request, requestKey) =>
      change('deposits.confirm', requestKey, request, () => confirmHold(state, request, clock.nowMs())),
    release: (request, requestKey) =>
      change('deposits.release', requestKey, request, () => releaseHold(state, request)),
    status: (holdRequestKey) =>
      read('deposits.status', () => {
        const hold = state.holds.find(({ requestKey }) => requestKey === holdRequestKey)
        return hold && holdOf(hold)
      }),
  }
}
