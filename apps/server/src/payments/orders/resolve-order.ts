import { type HospitalId, MINUTE_MS } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { findAttempts, storeAttempt } from '../attempts/attempts.ts'
import { countSending, sendCounted } from '../attempts/send-attempt.ts'
import { pauseAfter, UNTIL_SETTLED_MS, WHILE_OPEN_MS } from '../back-off.ts'
import { lockOrder } from '../find-payments.ts'
import { findMerchant, type Merchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, OrderRow, PaymentsTables } from '../tables.ts'
import { askWechat, type OrderAnswer } from './ask-wechat.ts'
import { isOver } from './order-times.ts'
import { settleClosed, settleOrder } from './settle-order.ts'

// "Not there" counts only this long after the last moment at which the stored bytes could have made the order: they
// carry its end, so that WeChat refuses them afterwards. And never from one answer.
const ARRIVES_WITHIN_MS = 30 * MINUTE_MS
const MISSED_LOOKS = 3
/** Then an operator hears of it, once; the looking goes on. */
const LOOKS_TO_TELL = 20

/** One look at an order that may still be paid: asks WeChat, closes what is over, asks again, stores the answer. */
export async function resolveOrder(room: PaymentsRoom, hospitalId: HospitalId, row: OrderRow): Promise<void> {
  const merchant = findMerchant(room, hospitalId)
  const prepay = await room.database.inTransaction(hospitalId, (tx) => findPrepay(tx, row.id))
  const over = isOver(row, room.clock.nowMs())
  let answer: OrderAnswer = 'no-answer'
  if (merchant && prepay && prepay.mchid !== merchant.mchid)
    room.log.error({ order: row.id }, 'payment order of another merchant than the one configured')
  else if (merchant && prepay && prepay.sendings > 0) {
    answer = await askWechat(merchant, row.out_trade_no)
    if (over && isUnpaid(answer)) {
      await closeAtWechat(room, hospitalId, merchant, row)
      answer = await askWechat(merchant, row.out_trade_no)
    }
  }
  await room.database.inTransaction(hospitalId, (tx) => storeLook(tx, room, merchant, row, answer))
}

/** The same bytes each time. What became of it, the query that follows tells. */
async function closeAtWechat(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  { client }: Merchant,
  row: OrderRow,
): Promise<void> {
  const attempt = await room.database.inTransaction(hospitalId, async (tx) => {
    await lockOrder(tx, row.id)
    const known = (await findAttempts(tx, row.id)).find(({ endpoint }) => endpoint === 'jsapi-close')
    const wanted = { of: { orderId: row.id }, prepared: client.prepareJsapiClose(row.out_trade_no) }
    return countSending(tx, room.clock, known ?? storeAttempt(tx, room, wanted))
  })
  await sendCounted(room, hospitalId, attempt, 'jsapi-close', client.sendJsapiClose)
}

async function storeLook(
  tx: Tx,
  room: PaymentsRoom,
  merchant: Merchant | undefined,
  seen: OrderRow,
  answer: OrderAnswer,
): Promise<void> {
  const row = await lockOrder(tx, seen.id)
  if (row.state !== 'awaiting') return
  if (merchant && answer !== 'no-answer' && answer !== 'not-found') {
    const after = await settleOrder(tx, room, merchant, row.id, answer)
    if (after.state !== 'awaiting' || after.problem !== null) return
  }
  const nowMs = room.clock.nowMs()
  // Asked for once more, now that nobody can begin to open the payment meanwhile.
  const prepay = await findPrepay(tx, row.id)
  const missed = answer === 'not-found' ? row.missed_looks + 1 : 0
  if (isOver(row, nowMs)) {
    const why = neverMade(row, prepay, missed, nowMs)
    if (why !== undefined) return void (await settleClosed(tx, room, row, why))
    if (row.looks === LOOKS_TO_TELL) room.log.error({ order: row.id }, 'payment order still not settled')
  }
  await schedule(tx, row, { missed, nowMs, sooner: isOver(row, nowMs) !== isOver(seen, nowMs) })
}

/** Why nothing can have been paid although WeChat never said CLOSED, if so. */
function neverMade(
  row: OrderRow,
  prepay: AttemptRow | undefined,
  missed: number,
  nowMs: number,
): string | undefined {
  if (!prepay || prepay.sendings === 0) return 'never-asked'
  // One that WeChat took is there, whatever a query does not find.
  if (missed === 0 || prepay.state === 'yes') return undefined
  if (prepay.state === 'no' && prepay.sendings === 1) return 'refused'
  const arrivedByMs = Math.max(row.expires_at_ms, prepay.sent_at_ms ?? 0) + ARRIVES_WITHIN_MS
  return missed >= MISSED_LOOKS && nowMs >= arrivedByMs ? 'not-found' : undefined
}

function isUnpaid(answer: OrderAnswer): boolean {
  if (typeof answer === 'string') return false
  const { tradeState } = answer
  return tradeState === 'NOTPAY' || tradeState === 'USERPAYING' || tradeState === 'PAYERROR'
}

async function schedule(
  tx: Tx,
  row: OrderRow,
  { missed, nowMs, sooner }: { missed: number; nowMs: number; sooner: boolean },
): Promise<void> {
  const over = isOver(row, nowMs)
  const pauseMs = pauseAfter(row.looks, over ? UNTIL_SETTLED_MS : WHILE_OPEN_MS)
  const nextMs = over ? nowMs + pauseMs : Math.min(nowMs + pauseMs, row.expires_at_ms)
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_order')
    .set({
      missed_looks: missed,
      // Given up while WeChat was asked: closing does not wait for the next look.
      next_action_at_ms: sooner ? nowMs : nextMs,
      // What is over is looked at often, from its first moment on.
      ...(!over && nextMs === row.expires_at_ms && { looks: 0 }),
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', row.id)
    .execute()
}

async function findPrepay(tx: Tx, orderId: string): Promise<AttemptRow | undefined> {
  return (await findAttempts(tx, orderId)).find(({ endpoint }) => endpoint === 'jsapi-prepay')
}
