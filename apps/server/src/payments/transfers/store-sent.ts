import type { CreatedTransfer, SentResult } from '@zhangyi/wechat-pay'
import { isFinalTransferState, judgeTransition } from '@zhangyi/wechat-pay'
import type { Locked, Tx } from '../../platform/database/tx.ts'
import { noteOutcome } from '../attempts/send-attempt.ts'
import { changeFundAccount } from '../funds/fund-account.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, TransferRow } from '../tables.ts'
import { changeTransfer, lockTransfer } from './hold-transfer.ts'
import { isOpen, nextLookMs, STATE_OF } from './judge-transfer.ts'
import { noteTaken, postpone } from './settle-answer.ts'

export const PACKAGE_CONTEXT = 'transfer_order.package_info'

/**
 * Stores the outcome of one sending and what it means for the transfer. Only what is no end is taken from it: ends, and
 * that there is no bill, are for the query.
 */
export async function storeSent(
  tx: Tx,
  room: PaymentsRoom,
  { transfer_id, ...attempt }: AttemptRow,
  result: SentResult<CreatedTransfer>,
): Promise<TransferRow> {
  const row = await lockTransfer(tx, transfer_id ?? '')
  noteOutcome(tx, attempt.id, result)
  if (result.call.class === 'conflict')
    room.log.error({ transfer: row.id, code: result.call.code }, 'WeChat Pay knows the number otherwise')
  const isOurs = row.out_bill_no === attempt.number && isOpen(row)
  const after = !isOurs
    ? row
    : result.kind === 'yes'
      ? await storeCreated(tx, room, row, attempt.sent_at_ms ?? 0, result.value)
      : await postpone(tx, room, row)
  if (result.call.class === 'waiting-for-funds')
    await changeFundAccount(tx, row.mchid, { dry_since_ms: room.clock.nowMs() })
  return after
}

async function storeCreated(
  tx: Tx,
  room: PaymentsRoom,
  row: Locked<TransferRow>,
  sentAtMs: number,
  { state: said, transferBillNo, packageInfo }: CreatedTransfer,
): Promise<TransferRow> {
  const nowMs = room.clock.nowMs()
  const judged = judgeTransition(row.wechat_state ?? undefined, said)
  if (said === 'UNRECOGNISED' || isFinalTransferState(said) || (judged !== 'advance' && judged !== 'same'))
    return postpone(tx, room, row)
  if (judged === 'advance') noteTaken(tx, row, said, nowMs)
  // Never replaced by none, nor by one that was asked for earlier: WeChat takes the newest only.
  const isNewer = packageInfo !== undefined && sentAtMs >= (row.package_at_ms ?? 0)
  const state = row.state === 'needs-person' ? row.state : STATE_OF[said]
  const looks = state === row.state ? row.looks : 0
  return changeTransfer(tx, room, row, {
    ...{ state, looks, wechat_state: said, transfer_bill_no: transferBillNo },
    ...(isNewer && {
      package_info: room.cipher.seal(packageInfo, PACKAGE_CONTEXT),
      package_at_ms: sentAtMs,
    }),
    next_action_at_ms: nextLookMs({ ...row, state, looks }, nowMs),
  })
}
