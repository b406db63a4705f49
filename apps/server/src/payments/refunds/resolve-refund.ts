import { fen, type HospitalId } from '@zhangyi/core'
import { isChannelFault, type RefundAnswer, WechatPayError } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { storeAttempt } from '../attempts/attempts.ts'
import { countSending, sendCounted } from '../attempts/send-attempt.ts'
import { findMerchant, type Merchant, notifyUrlOf } from '../merchant.ts'
import { newNumber } from '../new-number.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, RefundRow } from '../tables.ts'
import {
  type HeldRefund,
  holdRefund,
  isTooLong,
  postponeRefund,
  settleRefund,
  tellPerson,
} from './settle-refund.ts'

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
    const answer = await ask(merchant, asking.number)
    sending = await database.inTransaction(hospitalId, (tx) => storeAnswer(tx, room, row, asking, answer))
  }
  if (!sending) return
  await sendCounted(room, hospitalId, sending, 'refund-create', merchant.client.sendRefund)
  await postpone(room, hospitalId, row)
}

/** What was sent is asked for; what was not is sent, counted while the refund is held. */
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
  // The configured merchant neither has the money nor knows the number.
  if (held.mchid !== merchant.mchid) return void (await tellPerson(tx, room, held, 'other-merchant'))
  const live = held.attempts.find(({ queried_state }) => queried_state !== 'CLOSED')
  if (live && live.sendings > 0) return { asking: live }
  // Once a person was told, that person decides.
  if (held.refund.state !== 'under-way') return undefined
  return { sending: await countSending(tx, room.clock, live ?? (await storeNew(tx, room, merchant, held))) }
}

/** Another number where there is none, or a query closed the last: linked to it. */
function storeNew(
  tx: Tx,
  room: PaymentsRoom,
  { client, hospital }: Merchant,
  { order, refund, attempts }: HeldRefund,
): Promise<AttemptRow> {
  const prepared = client.prepareRefund({
    ...{ outTradeNo: order.out_trade_no, outRefundNo: newNumber('R', room.clock.nowMs()) },
    ...{ refundFen: fen(refund.amount_fen), totalFen: fen(order.amount_fen), reason: refund.reason },
    notifyUrl: notifyUrlOf(room, hospital),
  })
  return storeAttempt(tx, room, {
    ...{ of: { orderId: order.id, refundId: refund.id }, prepared, replaces: attempts.at(-1)?.id },
  })
}

/** Returns what is to be sent again now, as the same bytes, if anything. */
async function storeAnswer(
  tx: Tx,
  room: PaymentsRoom,
  row: RefundRow,
  asked: AttemptRow,
  answer: RefundAnswer | 'not-found' | 'no-answer',
): Promise<AttemptRow | undefined> {
  const held = await holdRefund(tx, row.payment_order_id, row.id)
  const { refund } = held
  const attempt = held.attempts.find(({ id }) => id === asked.id) ?? asked
  if (answer !== 'not-found' && answer !== 'no-answer')
    return void (await settleRefund(tx, room, held, attempt, answer))
  const refused = answer === 'not-found' && isRefusedForGood(attempt)
  if (refused || isTooLong(refund))
    return void (await tellPerson(tx, room, held, refused ? `refused: ${attempt.last_problem}` : 'unsettled'))
  await postponeRefund(tx, room, refund)
  const again = answer === 'not-found' && refund.state === 'under-way' && attempt.queried_state === null
  return again ? countSending(tx, room.clock, attempt) : undefined
}

// What the channel refuses (key, product, address) is mended without a new number; what the refund says is not.
function isRefusedForGood({ state, last_problem }: AttemptRow): boolean {
  return state === 'no' && !isChannelFault(last_problem ?? undefined)
}

async function ask({ client }: Merchant, number: string): Promise<RefundAnswer | 'not-found' | 'no-answer'> {
  try {
    return await client.queryRefund(number)
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return 'no-answer'
  }
}

async function postpone(room: PaymentsRoom, hospitalId: HospitalId, row: RefundRow): Promise<void> {
  await room.database.inTransaction(hospitalId, async (tx) => {
    const { refund } = await holdRefund(tx, row.payment_order_id, row.id)
    await postponeRefund(tx, room, refund)
  })
}
