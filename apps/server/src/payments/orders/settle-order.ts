import { assertNever, fen } from '@zhangyi/core'
import type { PaymentAnswer } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import { lockOrder } from '../find-payments.ts'
import { postJournal } from '../journal/post-journal.ts'
import type { Merchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import { type OrderRow, orderOf, type PaymentsTables } from '../tables.ts'

type Ends = Pick<
  OrderRow,
  | 'state'
  | 'problem'
  | 'problem_done_at_ms'
  | 'transaction_id'
  | 'paid_at_ms'
  | 'settled_at_ms'
  | 'next_action_at_ms'
>

/**
 * Stores what a query or a verified callback said of an order, and tells the room that asked, in one transaction: the
 * first who says `paid` or `closed` sets it, everybody after finds it set. An end never changes.
 */
export async function settleOrder(
  tx: Tx,
  room: PaymentsRoom,
  { mchid }: Pick<Merchant, 'mchid'>,
  orderId: string,
  answer: PaymentAnswer,
): Promise<OrderRow> {
  const row = await lockOrder(tx, orderId)
  const wrong = mismatchesOf(row, mchid, answer)
  if (wrong.length > 0) return noteMismatch(tx, room, row, wrong)
  switch (answer.tradeState) {
    case 'SUCCESS':
    // Paid, and refunded since by somebody else: before it is paid for us there is no refund of ours.
    case 'REFUND':
      return settlePaid(tx, room, row, answer)
    case 'CLOSED':
    case 'REVOKED':
      return settleClosed(tx, room, row, answer.tradeState)
    case 'NOTPAY':
    case 'USERPAYING':
    case 'PAYERROR':
      return row
    case 'UNRECOGNISED':
      room.log.error({ order: orderId }, 'WeChat Pay answers with a trade state that is not known')
      return row
    default:
      return assertNever(answer)
  }
}

/** Never paid, and by what WeChat said no longer payable; `why` for the audit. */
export async function settleClosed(
  tx: Tx,
  room: PaymentsRoom,
  row: OrderRow,
  why: string,
): Promise<OrderRow> {
  if (row.state === 'paid') return contradict(tx, room, row, why)
  if (row.state === 'closed') return row
  const closed = await setEnd(tx, row, {
    ...{ state: 'closed', problem: null, problem_done_at_ms: null, transaction_id: null, paid_at_ms: null },
    ...{ settled_at_ms: room.clock.nowMs(), next_action_at_ms: null },
  })
  const detail = { order: row.out_trade_no, why }
  auditPayments(tx, room.clock, { action: `${row.purpose}.closed`, subject: row.id, detail })
  await room.events.closed(tx, orderOf(closed))
  return closed
}

async function settlePaid(
  tx: Tx,
  room: PaymentsRoom,
  row: OrderRow,
  answer: PaymentAnswer,
): Promise<OrderRow> {
  const nowMs = room.clock.nowMs()
  const { transactionId = '', successTimeMs = nowMs, tradeState } = answer
  if (row.state === 'closed') return settlePaidLate(tx, room, row, transactionId)
  if (row.state === 'paid')
    return row.transaction_id === transactionId ? row : contradict(tx, room, row, 'other-transaction')
  const paid = await setEnd(tx, row, {
    ...{
      state: 'paid',
      problem: null,
      problem_done_at_ms: null,
      transaction_id: transactionId,
      paid_at_ms: successTimeMs,
    },
    ...{ settled_at_ms: nowMs, next_action_at_ms: null },
  })
  postJournal(tx, {
    ...{ posting: `paid:${row.id}`, caseId: row.id, atMs: nowMs },
    lines: [
      { account: 'patient', amountFen: fen(-row.amount_fen) },
      { account: 'held-for-visit', amountFen: fen(row.amount_fen) },
    ],
  })
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.paid`, subject: row.id },
    detail: { order: row.out_trade_no, transaction: transactionId, amountFen: row.amount_fen, tradeState },
  })
  if (tradeState === 'REFUND')
    room.log.error({ order: row.id }, 'paid and refunded by somebody else than this system')
  await room.events.paid(tx, orderOf(paid))
  return paid
}

/** The money is there although the order is closed for good: it is booked as in suspense, and a person decides. */
async function settlePaidLate(
  tx: Tx,
  room: PaymentsRoom,
  row: OrderRow,
  transactionId: string,
): Promise<OrderRow> {
  if (row.problem !== null) return row
  postJournal(tx, {
    ...{ posting: `paid-late:${row.id}`, caseId: row.id, atMs: room.clock.nowMs() },
    lines: [
      { account: 'patient', amountFen: fen(-row.amount_fen) },
      { account: 'suspense', amountFen: fen(row.amount_fen) },
    ],
  })
  return contradict(tx, room, row, `paid ${transactionId}`)
}

async function contradict(tx: Tx, room: PaymentsRoom, row: OrderRow, late: string): Promise<OrderRow> {
  const problem = `contradicted: ${late}`
  if (row.problem === problem) return row
  room.log.error({ order: row.id, stands: row.state }, 'WeChat Pay contradicts an end')
  auditPayments(tx, room.clock, {
    ...{ action: 'payments.contradiction', subject: row.id },
    detail: { order: row.out_trade_no, stands: row.state, late },
  })
  return setEnd(tx, row, { problem, problem_done_at_ms: null })
}

/** Another amount, merchant, app or payer than ours: whatever was paid, it is not this order. */
async function noteMismatch(
  tx: Tx,
  room: PaymentsRoom,
  row: OrderRow,
  wrong: readonly string[],
): Promise<OrderRow> {
  const problem = `mismatch: ${wrong.join()}`
  if (row.problem === problem) return row
  room.log.error({ order: row.id, wrong }, 'what WeChat Pay says does not fit the payment order')
  auditPayments(tx, room.clock, {
    ...{ action: 'payments.mismatch', subject: row.id },
    detail: { order: row.out_trade_no, state: row.state, wrong: wrong.join() },
  })
  return setEnd(tx, row, { problem, problem_done_at_ms: null, next_action_at_ms: null })
}

function mismatchesOf(row: OrderRow, mchid: string, answer: PaymentAnswer): readonly string[] {
  const paid = answer.tradeState === 'SUCCESS' || answer.tradeState === 'REFUND'
  const { totalFen, openid, transactionId } = answer
  return [
    ...(answer.outTradeNo === row.out_trade_no ? [] : ['out_trade_no']),
    ...(answer.mchid === mchid ? [] : ['mchid']),
    ...(answer.appid === row.appid ? [] : ['appid']),
    // Only an answer that makes it paid has to name all of them.
    ...((totalFen ?? (paid ? undefined : row.amount_fen)) === row.amount_fen ? [] : ['amount']),
    ...((openid ?? (paid ? undefined : row.openid)) === row.openid ? [] : ['openid']),
    ...(paid && transactionId === undefined ? ['transaction_id'] : []),
  ]
}

function setEnd(tx: Tx, row: OrderRow, ends: Partial<Ends>): Promise<OrderRow> {
  return tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_order')
    .set(ends)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', row.id)
    .where('state', '=', row.state)
    .returningAll()
    .executeTakeFirstOrThrow()
}
