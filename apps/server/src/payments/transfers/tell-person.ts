import type { TransferState as WechatState } from '@zhangyi/wechat-pay'
import type { Locked, Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import { AFTER_TELLING_MS, pauseAfter } from '../back-off.ts'
import { withLate } from '../contradiction.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, TransferRow } from '../tables.ts'
import { CONTRADICTED, changeTransfer } from './hold-transfer.ts'
import { isOpen, nextLookMs } from './judge-transfer.ts'

/**
 * The transfer waits for a person. It is still looked at, more and more rarely: also where WeChat answers no longer,
 * because the clock that said so may have been wrong.
 */
export async function tellPerson(
  tx: Tx,
  room: PaymentsRoom,
  row: Locked<TransferRow>,
  problem: 'mismatch' | 'past-query' | 'other-merchant' | typeof CONTRADICTED,
): Promise<TransferRow> {
  const nowMs = room.clock.nowMs()
  const next = nowMs + pauseAfter(1, AFTER_TELLING_MS)
  // A contradiction hides behind nothing else.
  const isTold = row.problem === problem || row.problem === CONTRADICTED
  // One that ended keeps its end: only what a person has to look at is added.
  if (!isOpen(row)) return isTold ? row : changeTransfer(tx, room, row, { problem })
  if (row.state === 'needs-person' && isTold)
    return changeTransfer(tx, room, row, { next_action_at_ms: nextLookMs(row, nowMs) })
  room.log.error({ transfer: row.id, problem }, 'a transfer needs a person')
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.transfer-needs-person`, subject: row.id },
    detail: { number: row.out_bill_no, problem },
  })
  return changeTransfer(tx, room, row, {
    ...{ state: 'needs-person', problem, looks: 0, next_action_at_ms: next },
  })
}

/**
 * WeChat says now that a bill is, or is paid, of which it said before that it is not, or the other way round. The end
 * stays; where another number is still open it is taken back, because both would be paid.
 */
export async function noteContradiction(
  tx: Tx,
  room: PaymentsRoom,
  row: Locked<TransferRow>,
  { number, queried_state }: Pick<AttemptRow, 'number' | 'queried_state'>,
  late: WechatState | 'UNRECOGNISED',
): Promise<TransferRow> {
  const contradiction = withLate(row.contradiction, { number, late })
  const isKnown = isOpen(row) || contradiction === row.contradiction
  if (row.problem === CONTRADICTED && isKnown)
    return row.next_action_at_ms === null
      ? row
      : changeTransfer(tx, room, row, { next_action_at_ms: nextLookMs(row, room.clock.nowMs()) })
  const stands = queried_state ?? row.state
  room.log.error({ transfer: row.id, number, stands, late }, 'WeChat Pay contradicts the end of a transfer')
  auditPayments(tx, room.clock, {
    ...{ action: 'payments.contradiction', subject: row.id },
    detail: { number, stands, late },
  })
  // Proven absent before, and yet there: it may still be paid.
  const isBack = row.state === 'refused' || row.state === 'not-funded'
  if (!isOpen(row) && !isBack)
    return changeTransfer(tx, room, row, {
      problem: CONTRADICTED,
      ...{ contradiction, problem_done_at_ms: null },
    })
  const nowMs = room.clock.nowMs()
  return changeTransfer(tx, room, row, {
    ...{ state: 'needs-person', problem: CONTRADICTED, looks: 0, next_action_at_ms: nowMs },
    cancel_wished_at_ms: row.cancel_wished_at_ms ?? nowMs,
  })
}
