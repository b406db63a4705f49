import type { Tx } from '../../platform/database/tx.ts'
import type { FaceCheckRow, FaceRoom } from './face-check.ts'
import { changeFaceCheck, isTaken } from './face-check-rows.ts'

/**
 * Takes a locked check in order to ask WeChat, so that of two settlements at once one asks; undefined: nothing is to be
 * asked. One whose process was lost is taken over after half a minute: asking twice changes nothing.
 */
export async function claimQuery(
  tx: Tx,
  { clock }: FaceRoom,
  row: FaceCheckRow,
): Promise<FaceCheckRow | undefined> {
  const nowMs = clock.nowMs()
  if (row.state !== 'started' && row.state !== 'querying') return undefined
  if (isTaken(row, nowMs) || isOver(row, nowMs)) return undefined
  return changeFaceCheck(tx, row, { state: 'querying', claimed_at_ms: nowMs })
}

/** Past its time without an end; what WeChat said before stands. */
export function isOver({ state, expires_at_ms }: FaceCheckRow, nowMs: number): boolean {
  return state !== 'passed' && state !== 'failed' && nowMs >= expires_at_ms
}
