import type { HospitalId } from '@zhangyi/core'
import { findOrderRow } from '../find-payments.ts'
import { usableMerchant } from '../merchant.ts'
import type { PaymentOrder } from '../payment-order.ts'
import type { PaymentsRoom } from '../room.ts'
import { orderOf } from '../tables.ts'
import { askWechat } from './ask-wechat.ts'
import { settleOrder } from './settle-order.ts'

/**
 * Asks WeChat now, because the patient came back from the cashier, and stores what it says. A query that fails leaves
 * the order as it is; what the client's own "ok" said is never asked for.
 */
export async function settlePayment(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  orderId: string,
): Promise<PaymentOrder> {
  const { database } = room
  const row = await database.inTransaction(hospitalId, (tx) => findOrderRow(tx, orderId))
  if (!row) throw new Error(`no payment order ${orderId}`)
  if (row.state !== 'awaiting') return orderOf(row)
  const merchant = usableMerchant(room, hospitalId)
  const answer = merchant ? await askWechat(merchant, row.out_trade_no) : 'no-answer'
  if (!merchant || answer === 'no-answer' || answer === 'not-found') return orderOf(row)
  return database.inTransaction(hospitalId, async (tx) =>
    orderOf(await settleOrder(tx, room, merchant, orderId, answer)),
  )
}
