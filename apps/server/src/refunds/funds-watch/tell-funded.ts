import { fen } from '@zhangyi/core'
import { judgeFundable } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { caseOf, lockLeg } from '../legs/find-leg.ts'
import { setTimer } from '../legs/set-timer.ts'
import { tellPatient } from '../notify/tell-patient.ts'
import type { RefundsParts } from '../room.ts'
import type { LegRow } from '../tables.ts'

/**
 * Tells those who were turned away that there are funds now: who waits longest first, no more than the money suffices
 * for, each once for each time. Who was told and has not come yet keeps a place. Returns how many were told.
 */
export async function tellFunded(
  tx: Tx,
  room: RefundsParts,
  waiting: readonly LegRow[],
  limit: number,
): Promise<number> {
  const judged = await judgeFundable(
    tx,
    room,
    waiting.map(({ amount_fen }) => fen(amount_fen)),
  )
  const untold = (leg: LegRow) => leg.told_funded_at_ms === null
  // Where only a try can tell, one at a time is sent to try.
  const chosen =
    judged === 'nobody-knows'
      ? waiting.filter(untold).slice(0, 1)
      : waiting.filter((leg, index) => judged[index] === true && untold(leg)).slice(0, limit)
  let told = 0
  for (const { id } of chosen) if (await tellOne(tx, room, id)) told += 1
  return told
}

async function tellOne(tx: Tx, room: RefundsParts, legId: string): Promise<boolean> {
  const leg = await lockLeg(tx, legId)
  // Tried again, or told by another process meanwhile.
  if (leg.state !== 'no-funds' || leg.told_funded_at_ms !== null) return false
  const nowMs = room.clock.nowMs()
  await tellPatient(tx, room, { of: await caseOf(tx, leg), leg, kind: 'funded', occasion: `${nowMs}` })
  await setTimer(tx, leg, { told_funded_at_ms: nowMs })
  return true
}
