import type { SimulatedHospital } from '@zhangyi/his'
import type { LegState } from '../../../apps/server/src/refunds/legs/leg-states.ts'
import type { BookedLeg } from './books.ts'

interface Kept {
  readonly number: string
  readonly amount: number
  readonly state: string
}

/** In which states the HIS may have what a leg names. */
const FITTING: Readonly<Record<string, Partial<Record<LegState, readonly string[]>>>> = {
  hold: {
    ...{ paying: ['held'], 'one-sided': ['held'], confirming: ['held', 'confirmed'] },
    ...{ releasing: ['held', 'released'], paid: ['confirmed'] },
  },
  deduct: {
    paying: ['deducted'],
    'one-sided': ['deducted'],
    releasing: ['deducted', 'reversed'],
    paid: ['deducted'],
    'settled-at-window': ['deducted'],
  },
}

/** The HIS's own books of one archive against all legs of it: nothing is held that no leg answers for. */
export function judgeHis(
  hospital: SimulatedHospital,
  patid: string,
  legs: readonly BookedLeg[],
): readonly string[] {
  const kept: readonly Kept[] = [
    ...hospital.holdsOf(patid).map(({ holdId, amount, state }) => ({ number: holdId, amount, state })),
    ...hospital
      .deductionsOf(patid)
      .map(({ deductionId, amount, state }) => ({ number: deductionId, amount, state })),
  ]
  const wrong: string[] = []
  const named = new Set<string>()
  for (const { id, his_number, his_mode, state, amount_fen } of legs) {
    const fitting = FITTING[his_mode]?.[state]
    if (fitting === undefined || his_number === null) continue
    if (named.has(his_number)) wrong.push(`leg ${id}: another one has ${his_number}, too`)
    named.add(his_number)
    const found = kept.find(({ number }) => number === his_number)
    if (!found || found.amount !== amount_fen || !fitting.includes(found.state))
      wrong.push(`leg ${id} (${state}, ${amount_fen}): the HIS has ${JSON.stringify(found)}`)
  }
  const holding = legs.filter(({ state }) => state === 'holding').map(({ amount_fen }) => amount_fen)
  for (const { number, amount, state } of kept) {
    if ((state !== 'held' && state !== 'deducted') || named.has(number)) continue
    const at = holding.indexOf(amount as never)
    if (at < 0) wrong.push(`the HIS keeps ${amount} (${number}) and no leg answers for it`)
    else holding.splice(at, 1)
  }
  return wrong
}
