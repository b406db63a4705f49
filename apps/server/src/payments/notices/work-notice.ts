import { assertNever, type HospitalId } from '@zhangyi/core'
import type { NotifiedEvent, PaymentAnswer, RefundNotice } from '@zhangyi/wechat-pay'
import { endCallback } from '../../platform/callbacks/record-callback.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { findAttemptByNumber } from '../attempts/attempts.ts'
import { findMerchant, type Merchant } from '../merchant.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { holdRefund } from '../refunds/held-refund.ts'
import { contradictsEnd } from '../refunds/settle-refund.ts'
import { PAYMENTS_WORK, type PaymentsRoom } from '../room.ts'
import type { NoticeRow, PaymentsTables } from '../tables.ts'
import { workTransferNotice } from '../transfers/work-transfer-notice.ts'
import { NOTICE_CONTEXT } from './receive-notice.ts'

/** Works one stored callback. Its own transaction also marks it, so that it is worked once. */
export async function workNotice(room: PaymentsRoom, hospitalId: HospitalId, row: NoticeRow): Promise<void> {
  const merchant = findMerchant(room, hospitalId)
  // Stored while the hospital had a merchant: it comes again when there is one.
  if (!merchant) return
  const event = JSON.parse(room.cipher.open(row.body, NOTICE_CONTEXT).reveal()) as NotifiedEvent
  await room.database.inTransaction(hospitalId, async (tx) => {
    const known = await work(tx, room, merchant, event)
    if (!known)
      room.log.warn({ notice: row.id, event: row.event_type }, 'callback about a number that is not ours')
    endCallback(tx, 'wechat-pay', row.id, known ? 'handled' : 'foreign')
    await tx.sql
      .withTables<PaymentsTables>()
      .updateTable('payment_notice')
      .set({ state: known ? 'worked' : 'foreign', next_action_at_ms: null })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', row.id)
      .execute()
  })
}

/** Returns whether it is about a number of ours. */
async function work(tx: Tx, room: PaymentsRoom, merchant: Merchant, event: NotifiedEvent): Promise<boolean> {
  switch (event.kind) {
    case 'payment':
      return workPayment(tx, room, merchant, event.payment)
    case 'refund':
      return workRefund(tx, room, merchant, event.refund)
    case 'transfer':
      return workTransferNotice(tx, room, merchant, event.transfer)
    case 'unrecognised':
      return false
    default:
      return assertNever(event)
  }
}

/** Verified and opened, it is as good as a query, once number, merchant, app, payer and amount are ours. */
async function workPayment(
  tx: Tx,
  room: PaymentsRoom,
  merchant: Merchant,
  payment: PaymentAnswer,
): Promise<boolean> {
  const order = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_order')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('out_trade_no', '=', payment.outTradeNo)
    .executeTakeFirst()
  if (order) await settleOrder(tx, room, merchant, order.id, payment)
  return order !== undefined
}

/** A hint only: the query decides, and this makes it soon. */
async function workRefund(
  tx: Tx,
  room: PaymentsRoom,
  { mchid }: Merchant,
  notice: RefundNotice,
): Promise<boolean> {
  const found = await findAttemptByNumber(tx, 'refund-create', notice.outRefundNo)
  if (!found || found.payment_order_id === null || found.refund_id === null || notice.mchid !== mchid)
    return false
  const held = await holdRefund(tx, found.payment_order_id, found.refund_id)
  const attempt = held.attempts.find(({ id }) => id === found.id) ?? found
  if (await contradictsEnd(tx, room, held, attempt, notice.status)) return true
  if (held.refund.state === 'done' || attempt.queried_state === 'CLOSED') return true
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('refund_order')
    .set({ next_action_at_ms: room.clock.nowMs() })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', held.refund.id)
    .execute()
  await room.jobs.wake(tx, PAYMENTS_WORK)
  return true
}
