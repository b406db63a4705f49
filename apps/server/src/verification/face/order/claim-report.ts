import type { Tx } from '../../../platform/database/tx.ts'
import { isOver } from '../claim-query.ts'
import type { FaceCheckRow, FaceRoom } from '../face-check.ts'
import { changeFaceCheck, isTaken } from '../face-check-rows.ts'

/**
 * Takes a locked check in order to tell the platform, with the intent stored. Undefined: there is nothing to tell, or
 * somebody is at it, or it was told with this very wechatCode before and nobody knows whether it heard. A fresh code
 * may tell it again.
 */
export async function claimReport(
  tx: Tx,
  { cipher, clock }: FaceRoom,
  row: FaceCheckRow,
  wechatCode: string,
): Promise<FaceCheckRow | undefined> {
  const nowMs = clock.nowMs()
  if (row.state !== 'verified' && row.state !== 'reporting' && row.state !== 'unknown') return undefined
  if (isTaken(row, nowMs) || isOver(row, nowMs)) return undefined
  const index = cipher.blindIndex(wechatCode, 'face-wechat-code')
  if (row.code_index?.equals(index)) return undefined
  return changeFaceCheck(tx, row, { state: 'reporting', claimed_at_ms: nowMs, code_index: index })
}
