import type { Tx } from '../../platform/database/tx.ts'
import { storeAttempt } from '../attempts/attempts.ts'
import { countSending } from '../attempts/send-attempt.ts'
import { auditPayments } from '../audit.ts'
import { LEASE_MS } from '../back-off.ts'
import { lockReservation } from '../funds/reservations.ts'
import { findPayoutStop } from '../funds/stop-payouts.ts'
import { newNumber } from '../new-number.ts'
import type { PaymentsRoom } from '../room.ts'
import { type AttemptRow, type PaymentsTables, type TransferRow, transferOf } from '../tables.ts'
import { changeTransfer, holdTransfer, isStrange } from './hold-transfer.ts'
import { nextLookMs } from './judge-transfer.ts'
import { expectReserved, type OrderedTransfer } from './order-transfer.ts'
import { prepareTransfer, type TransferMerchant, transferMerchantOf } from './prepare-transfer.ts'

/** What belongs to the number before. */
const NOTHING_YET = {
  ...{ wechat_state: null, fail_reason: null, problem: null, transfer_bill_no: null },
  ...{ package_info: null, package_at_ms: null, cancel_wished_at_ms: null, looks: 0 },
} satisfies Partial<TransferRow>

/**
 * Sends the number again of which a query proved that there is no bill: from `not-funded` the same bytes, from `refused`
 * freshly prepared ones, because something in them was mended. The funds must be reserved. While payouts are stopped it
 * waits.
 */
export async function resendTransfer(tx: Tx, room: PaymentsRoom, id: string): Promise<OrderedTransfer> {
  const { row, attempt } = await holdTransfer(tx, id)
  if (row.state !== 'not-funded' && row.state !== 'refused')
    throw new Error(`transfer ${id} is ${row.state}: its number is not sent again`)
  const merchant = ownMerchant(room, tx, row)
  const [reserved, stop] = await Promise.all([lockReservation(tx, row), findPayoutStop(tx)])
  expectReserved(row, reserved)
  const isStopped = stop !== undefined
  const prepared = row.state === 'refused' ? await prepareAgain(tx, room, merchant, row, attempt) : attempt
  const sending = isStopped ? undefined : await countSending(tx, room.clock, prepared)
  const nowMs = room.clock.nowMs()
  const begun = { state: 'under-way' as const, looks: 0, sent_at_ms: isStopped ? null : nowMs }
  const after = await changeTransfer(tx, room, row, {
    ...{ ...NOTHING_YET, ...begun },
    next_action_at_ms: isStopped ? nextLookMs(begun, nowMs) : nowMs + LEASE_MS,
  })
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.transfer-resent`, subject: id },
    detail: { number: row.out_bill_no, from: row.state },
  })
  return { transfer: transferOf(after), ...(sending && { sending }) }
}

/**
 * 生成新订单号退款: another number for what is by query FAIL or CANCELLED, and only for that; old and new are linked. The
 * funds must be reserved. While payouts are stopped it waits.
 */
export async function reissueTransfer(tx: Tx, room: PaymentsRoom, id: string): Promise<OrderedTransfer> {
  const { row, attempt } = await holdTransfer(tx, id)
  if (row.state !== 'not-paid' || isStrange(row))
    throw new Error(
      `transfer ${id} is ${row.state} (${row.problem ?? 'no problem'}): no other number follows`,
    )
  const merchant = ownMerchant(room, tx, row)
  const [reserved, stop] = await Promise.all([lockReservation(tx, row), findPayoutStop(tx)])
  expectReserved(row, reserved)
  const isStopped = stop !== undefined
  const nowMs = room.clock.nowMs()
  const outBillNo = newNumber('T', nowMs)
  const next = storeAttempt(tx, room, {
    prepared: prepareTransfer(room, merchant, row, outBillNo),
    ...{ of: { transferId: id }, replaces: attempt.id, isCounted: !isStopped },
  })
  const begun = { state: 'under-way' as const, looks: 0, sent_at_ms: isStopped ? null : nowMs }
  const after = await changeTransfer(tx, room, row, {
    ...{ ...NOTHING_YET, ...begun, out_bill_no: outBillNo },
    next_action_at_ms: isStopped ? nextLookMs(begun, nowMs) : nowMs + LEASE_MS,
  })
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.transfer-reissued`, subject: id },
    detail: { number: outBillNo, replaces: row.out_bill_no },
  })
  return { transfer: transferOf(after), ...(!isStopped && { sending: next }) }
}

/** A number is its merchant's; nobody else sends it. */
function ownMerchant(room: PaymentsRoom, tx: Tx, row: TransferRow): TransferMerchant {
  const merchant = transferMerchantOf(room, tx.hospitalId)
  if (merchant.mchid !== row.mchid) throw new Error(`transfer ${row.id} belongs to another merchant`)
  return merchant
}

/** Other bytes under the same number: only because by query, and by every answer, nothing of it was ever accepted. */
async function prepareAgain(
  tx: Tx,
  room: PaymentsRoom,
  merchant: TransferMerchant,
  row: TransferRow,
  attempt: AttemptRow,
): Promise<AttemptRow> {
  if (attempt.doubtful || attempt.queried_state !== null)
    throw new Error(`transfer ${row.id}: its number may be known to WeChat`)
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_attempt')
    .set({ queried_state: 'NOT_FOUND' })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', attempt.id)
    .execute()
  return storeAttempt(tx, room, {
    ...{ of: { transferId: row.id }, replaces: attempt.id, version: attempt.version + 1 },
    prepared: prepareTransfer(room, merchant, row, row.out_bill_no),
  })
}
