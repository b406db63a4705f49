import { isFinalTransferState, judgeTransition, type TransferNotice } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { findAttemptByNumber } from '../attempts/attempts.ts'
import type { Merchant } from '../merchant.ts'
import { PAYMENTS_WORK, type PaymentsRoom } from '../room.ts'
import type { AttemptRow } from '../tables.ts'
import { changeTransfer, lockTransfer } from './hold-transfer.ts'
import { isOpen } from './judge-transfer.ts'
import { noteContradiction } from './tell-person.ts'

/** A hint only: the query decides, and this makes it soon. Returns whether it is about a number of ours. */
export async function workTransferNotice(
  tx: Tx,
  room: PaymentsRoom,
  { mchid }: Merchant,
  notice: TransferNotice,
): Promise<boolean> {
  const attempt = await findAttemptByNumber(tx, 'transfer-create', notice.outBillNo)
  if (!attempt || attempt.transfer_id === null || notice.mchid !== mchid) return false
  const row = await lockTransfer(tx, attempt.transfer_id)
  const isNewest = row.out_bill_no === attempt.number
  const wasAbsent = isNewest && !isOpen(row) && row.wechat_state === null
  if (wasAbsent || contradicts(attempt, notice)) {
    await noteContradiction(tx, room, row, attempt, notice.state)
    return true
  }
  if (!isNewest || !isOpen(row) || row.next_action_at_ms === null) return true
  await changeTransfer(tx, room, row, { next_action_at_ms: room.clock.nowMs() })
  await room.jobs.wake(tx, PAYMENTS_WORK)
  return true
}

function contradicts({ queried_state }: AttemptRow, { state }: TransferNotice): boolean {
  const isEnd = queried_state === 'SUCCESS' || queried_state === 'FAIL' || queried_state === 'CANCELLED'
  return isEnd && isFinalTransferState(state) && judgeTransition(queried_state, state) === 'contradiction'
}
