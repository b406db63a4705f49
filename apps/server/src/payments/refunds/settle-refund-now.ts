import type { HospitalId } from '@zhangyi/core'
import type { RefundAnswer } from '@zhangyi/wechat-pay'
import { findRefundRow } from '../find-payments.ts'
import { merchantOf } from '../merchant.ts'
import type { Refund } from '../payment-order.ts'
import type { PaymentsRoom } from '../room.ts'
import { refundOf } from '../tables.ts'
import { holdRefund } from './held-refund.ts'
import { askRefund, storeRefundAnswer } from './store-refund-answer.ts'

export interface RefundLook {
  /** As it is after the look. */
  readonly refund: Refund
  /**
   * What the query said of its newest number. `no-answer`: the query failed, or the merchant is no longer the one that
   * was asked; only the other words are of now. `never-sent`: there is nothing to ask for.
   */
  readonly said: RefundAnswer['status'] | 'not-found' | 'no-answer' | 'never-sent'
  /** WeChat's own number of the refund, where the query found it. */
  readonly wechatRefundId?: string
}

/** Asks WeChat now and stores what it says, because somebody is about to decide on it. Sends nothing. */
export async function settleRefundNow(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  refundId: string,
): Promise<RefundLook> {
  const { database } = room
  const { row, mchid, newest } = await database.inTransaction(hospitalId, async (tx) => {
    const found = await findRefundRow(tx, refundId)
    const held = await holdRefund(tx, found.payment_order_id, refundId)
    return { row: held.refund, mchid: held.mchid, newest: held.attempts.at(-1) }
  })
  if (!newest || newest.sendings === 0) return { refund: refundOf(row), said: 'never-sent' }
  const merchant = merchantOf(room, hospitalId)
  if (mchid !== merchant.mchid) return { refund: refundOf(row), said: 'no-answer' }
  const answer = await askRefund(merchant, newest.number)
  const refund = await database.inTransaction(hospitalId, async (tx) => {
    // What would be sent again is left to the background.
    await storeRefundAnswer(tx, room, row, newest, answer)
    return refundOf(await findRefundRow(tx, refundId))
  })
  if (typeof answer === 'string') return { refund, said: answer }
  return { refund, said: answer.status, wechatRefundId: answer.refundId }
}
