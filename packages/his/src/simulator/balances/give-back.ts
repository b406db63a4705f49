import { type Fen, fen, subtractFen } from '@zhangyi/core'
import type { HospitalState } from '../hospital-state.ts'
import { restOf } from './weigh-balance.ts'

/** A part of a recharge that went back. */
export interface GivenBack {
  readonly rechargeId: string
  readonly amount: Fen
}

/**
 * Books an amount as gone back on the recharges that it came from: the named one, or the oldest first, as a HIS does
 * that keeps one balance. It leaves the young ones, which can still go back by the original route.
 */
export function giveBack(
  state: HospitalState,
  patid: string,
  amount: Fen,
  rechargeId: string | undefined,
): readonly GivenBack[] {
  const parts: GivenBack[] = []
  let left = amount
  const candidates = state.recharges
    .filter((one) => one.patid === patid && (rechargeId === undefined || one.rechargeId === rechargeId))
    .sort((one, other) => Date.parse(one.paidAt) - Date.parse(other.paidAt))
  for (const recharge of candidates) {
    const part = fen(Math.min(left, restOf(state, recharge)))
    if (part === 0) continue
    addRefunded(state, recharge.rechargeId, part)
    parts.push({ rechargeId: recharge.rechargeId, amount: part })
    left = subtractFen(left, part)
  }
  return parts
}

/** Undoes `giveBack`. */
export function takeBack(state: HospitalState, parts: readonly GivenBack[]): void {
  for (const { rechargeId, amount } of parts) addRefunded(state, rechargeId, fen(-amount))
}

function addRefunded(state: HospitalState, rechargeId: string, amount: Fen): void {
  const index = state.recharges.findIndex((one) => one.rechargeId === rechargeId)
  const recharge = state.recharges[index]
  if (recharge) state.recharges[index] = { ...recharge, refunded: fen(recharge.refunded + amount) }
}
