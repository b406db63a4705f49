import { fen, type HospitalId } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { storeAttempt } from '../attempts/attempts.ts'
import { countSending, sendCounted } from '../attempts/send-attempt.ts'
import { findMerchant, type Merchant, notifyUrlOf } from '../merchant.ts'
import { newNumber } from '../new-number.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, RefundRow } from '../tables.ts'
import { type HeldRefund, holdRefund } from './held-refund.ts'
import { mayLeave } from './may-leave.ts'
import { endUnpaid, postponeRefund, tellPerson } from './settle-refund.ts'
import { askRefund, storeRefundAnswer } from './store-refund-answer.ts'

/**
 * One look at a refund that has no end: asks WeChat about the number that was sent, and sends the stored bytes, the
 * first time or again, only where the answer is that there is no such refund.
 */
export async function resolveRefund(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  row: RefundRow,
): Promise<void> {
  const { database } = room
  const merchant = findMerchant(room, hospitalId)
  const step =
    merchant && (await database.inTransaction(hospitalId, (tx) => nextStep(tx, room, merchant, row)))
  if (!merchant || !step) return postpone(room, hospitalId, row)
  let { sending } = step
  if (step.asking) {
    const { asking } = step
    const answer = await askRefund(merchant, asking.number)
    sending = await database.inTransaction(hospitalId, async (tx) => {
      const stored = await storeRefundAnswer(tx, room, row, asking, answer)
      if (!stored || !(await mayLeave(tx, room, stored.held))) return undefined
      return countSending(tx, room.clock, stored.again)
    })
  }
  if (!sending) return
  await sendCounted(room, hospitalId, sending, 'refund-create', merchant.client.sendRefund)
  await postpone(room, hospitalId, row)
}

/** What was sent is asked for; what was not is sent, counted while the refund is held. Neither: it comes again. */
interface Step {
  readonly asking?: AttemptRow
  readonly sending?: AttemptRow
}

async function nextStep(
  tx: Tx,
  room: PaymentsRoom,
  merchant: Merchant,
  row: RefundRow,
): Promise<Step | undefined> {
  const held = await holdRefund(tx, row.payment_order_id, row.id)
  const { refund, attempts } = held
  // The configured merchant neither has the money nor knows the number.
  if (held.mchid !== merchant.mchid) return void (await tellOtherMerchant(tx, room, held))
  const newest = attempts.at(-1)
  const live = newest && !isEnded(newest) ? newest : undefined
  if (live && live.sendings > 0) return { asking: live }
  // Once a person was told, that person decides. What ended unpaid is asked for if a callback says that it did not.
  if (refund.state !== 'under-way')
    return newest?.queried_state === 'NOT_FOUND' ? { asking: newest } : undefined
  if (!(await mayLeave(tx, room, held))) return {}
  return { sending: await countSending(tx, room.clock, live ?? (await storeNew(tx, room, merchant, held))) }
}

/** By query: it pays nothing, and another may follow. */
function isEnded({ queried_state }: AttemptRow): boolean {
  return queried_state === 'CLOSED' || queried_state === 'NOT_FOUND'
}

async function tellOtherMerchant(tx: Tx, room: PaymentsRoom, held: HeldRefund): Promise<void> {
  const { order, refund, attempts } = held
  // Nothing was ever sent, so nothing can have been paid.
  if (order.purpose === 'deposits' && refund.state === 'under-way' && attempts.length === 0)
    return endUnpaid(tx, room, held, 'refused', 'other-merchant')
  await tellPerson(tx, room, held, 'other-merchant')
}

/**
 * Another number where there is none, or a query closed the last: linked to it. Where by query nothing exists under the
 * last, its number stays.
 */
function storeNew(
  tx: Tx,
  room: PaymentsRoom,
  { client, hospital }: Merchant,
  { order, refund, attempts }: HeldRefund,
): AttemptRow {
  const last = attempts.at(-1)
  const same = last?.queried_state === 'NOT_FOUND' ? last : undefined
  const prepared = client.prepareRefund({
    ...{ outTradeNo: order.out_trade_no, outRefundNo: same?.number ?? newNumber('R', room.clock.nowMs()) },
    ...{ refundFen: fen(refund.amount_fen), totalFen: fen(order.amount_fen), reason: refund.reason },
    notifyUrl: notifyUrlOf(room, hospital),
  })
  return storeAttempt(tx, room, {
    ...{ of: { orderId: order.id, refundId: refund.id }, prepared, replaces: last?.id },
    version: same && same.version + 1,
  })
}

async function postpone(room: PaymentsRoom, hospitalId: HospitalId, row: RefundRow): Promise<void> {
  await room.database.inTransaction(hospitalId, async (tx) => {
    const { refund } = await holdRefund(tx, row.payment_order_id, row.id)
    await postponeRefund(tx, room, refund)
  })
}
