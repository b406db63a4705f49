import { assertNever, fen, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { isFinalRefundStatus, type RefundAnswer } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import { AFTER_TELLING_MS, pauseAfter, UNTIL_SETTLED_MS } from '../back-off.ts'
import { withLate } from '../contradiction.ts'
import { postJournal } from '../journal/post-journal.ts'
import type { RefundState } from '../payment-order.ts'
import type { PaymentsRoom } from '../room.ts'
import { type AttemptRow, type OrderRow, orderOf, type RefundRow, refundOf } from '../tables.ts'
import { changeRefund, type HeldRefund, noteQueried } from './held-refund.ts'

/** A refund that WeChat closes again and again has a reason that another number does not mend. */
const MAX_NUMBERS = 5
const REISSUE_PAUSES_MS = [2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS]
/** Then nobody has mended it for weeks, and the list of what needs a person is what remains. */
const MAX_LOOKS_AFTER_TELLING = 200

// At an hour's pause about a week; whatever it waits for, a person has to know by then.
const MAX_LOOKS = 200

/** A late contradiction of these stops whoever would pay again; the others are ends, or a person knows already. */
const MAY_GO_ON: readonly RefundState[] = ['under-way', 'not-paid', 'refused']

/**
 * Of deposits: nobody could say for long, mostly because the account is empty or a key is wrong. What a person mends is
 * in WeChat's console: the same bytes under the same number find out, for as long as it takes.
 */
export function isRepeatedForPerson({
  case_id,
  state,
  problem,
}: Pick<RefundRow, 'case_id' | 'state' | 'problem'>) {
  return case_id !== null && state === 'needs-person' && problem === 'unsettled'
}

export function isTooLong({ state, looks }: RefundRow): boolean {
  return state === 'under-way' && looks > MAX_LOOKS
}

/**
 * Stores what a query said of one attempt. SUCCESS alone makes a refund `done`; CLOSED alone permits another number;
 * ABNORMAL is neither, and is never replaced.
 */
export async function settleRefund(
  tx: Tx,
  room: PaymentsRoom,
  held: HeldRefund,
  attempt: AttemptRow,
  answer: RefundAnswer,
): Promise<void> {
  const { order, refund } = held
  if (!fits(order, refund, answer)) return tellPerson(tx, room, held, 'mismatch')
  if (await contradictsEnd(tx, room, held, attempt, answer.status)) return
  const account = answer.userReceivedAccount ?? refund.account
  const { queried_state: stands } = attempt
  const isLate = stands === 'NOT_FOUND'
  const isMoving = refund.state === 'closed' && stands !== answer.status && answer.status !== 'UNRECOGNISED'
  // A query had said that nothing exists, or it was given up and goes on all the same.
  if (isLate || isMoving) await noteContradiction(tx, room, held, attempt, answer.status)
  if (answer.status !== 'UNRECOGNISED') await noteQueried(tx, attempt, answer.status)
  // Given up, and what was held for it released: only people can make that good.
  if (refund.state === 'closed') return postponeRefund(tx, room, refund)
  const told = { ...held, refund: { ...refund, account } }
  switch (answer.status) {
    case 'SUCCESS':
      return refund.state === 'done' ? undefined : finish(tx, room, held, attempt, account)
    case 'CLOSED':
      return settleClosed(tx, room, held, attempt)
    case 'ABNORMAL':
      return tellPerson(tx, room, told, 'abnormal')
    case 'UNRECOGNISED':
      room.log.error({ refund: refund.id }, 'WeChat Pay answers with a refund state that is not known')
      return isLate ? tellPerson(tx, room, told, 'contradicted') : postponeRefund(tx, room, refund)
    case 'PROCESSING':
      if (isLate) return tellPerson(tx, room, told, 'contradicted')
      return isTooLong(refund)
        ? tellPerson(tx, room, held, 'unsettled')
        : postponeRefund(tx, room, told.refund)
    default:
      return assertNever(answer)
  }
}

async function settleClosed(tx: Tx, room: PaymentsRoom, held: HeldRefund, { number }: AttemptRow) {
  const { order, refund, attempts } = held
  const isDeposit = order.purpose === 'deposits'
  const isStrange = refund.problem === 'contradicted' || refund.problem === 'mismatch'
  // What a person was told of is unpaid after all: who asked may try again, or give it up.
  if (isDeposit && refund.state !== 'under-way' && !isStrange)
    return endUnpaid(tx, room, held, 'not-paid', 'closed')
  if (refund.state !== 'under-way') return postponeRefund(tx, room, refund)
  const numbers = new Set(attempts.map((one) => one.number)).size
  if (numbers >= MAX_NUMBERS)
    return isDeposit
      ? endUnpaid(tx, room, held, 'not-paid', 'closed-too-often')
      : tellPerson(tx, room, held, 'closed-too-often')
  auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refund-closed`, subject: order.id },
    detail: { refund: refund.id, number },
  })
  const pauseMs = pauseAfter(attempts.length, REISSUE_PAUSES_MS)
  return changeRefund(tx, refund, { looks: 0, next_action_at_ms: room.clock.nowMs() + pauseMs })
}

/**
 * Whether a queried or called-back state contradicts the end of an attempt. A refund that goes on all the same would
 * be paid twice: it stops, and a person looks.
 */
export async function contradictsEnd(
  tx: Tx,
  room: PaymentsRoom,
  held: HeldRefund,
  attempt: AttemptRow,
  late: RefundAnswer['status'],
): Promise<boolean> {
  const { queried_state: stands } = attempt
  const ended = stands === 'SUCCESS' || stands === 'CLOSED'
  if (!ended || stands === late) return false
  // An older state that comes late says nothing against the end.
  if (!isFinalRefundStatus(late)) return true
  await noteContradiction(tx, room, held, attempt, late)
  if (MAY_GO_ON.includes(held.refund.state)) await tellPerson(tx, room, held, 'contradicted')
  return true
}

async function noteContradiction(
  tx: Tx,
  room: PaymentsRoom,
  { order, refund }: HeldRefund,
  { number, queried_state }: AttemptRow,
  late: RefundAnswer['status'],
): Promise<void> {
  const stands = String(queried_state)
  room.log.error({ refund: refund.id, stands, late }, 'WeChat Pay contradicts the end of a refund')
  auditPayments(tx, room.clock, {
    ...{ action: 'payments.contradiction', subject: order.id },
    detail: { refund: refund.id, number, stands, late },
  })
  // Given up or paid before: it stays so, and is shown to people.
  const contradiction = withLate(refund.contradiction, { number, late })
  const isOver = refund.state === 'closed' || refund.state === 'done'
  if (isOver && contradiction !== refund.contradiction)
    await changeRefund(tx, refund, { problem: 'contradicted', contradiction, problem_done_at_ms: null })
}

/** The refund waits for a person; the asking room hears of it once. It is still looked at, more and more rarely. */
export async function tellPerson(
  tx: Tx,
  room: PaymentsRoom,
  { order, refund }: HeldRefund,
  problem: string,
): Promise<void> {
  if (!MAY_GO_ON.includes(refund.state)) return postponeRefund(tx, room, refund)
  const told = { ...refund, state: 'needs-person', problem, looks: 0 } as const
  await changeRefund(tx, refund, {
    ...{ state: told.state, problem, account: told.account, looks: 0 },
    next_action_at_ms: room.clock.nowMs() + pauseAfter(1, AFTER_TELLING_MS),
  })
  room.log.error({ refund: refund.id, problem }, 'a refund needs a person')
  auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refund-needs-person`, subject: order.id },
    detail: { refund: refund.id, problem },
  })
  await room.events.refundSettled(tx, orderOf(order), refundOf(told))
}

/** Of deposits: by query unpaid, and nothing more is sent until the asking room tries again or gives it up. */
export async function endUnpaid(
  tx: Tx,
  room: PaymentsRoom,
  { order, refund }: HeldRefund,
  state: 'not-paid' | 'refused',
  problem: string,
): Promise<void> {
  if (refund.state === state) return postponeRefund(tx, room, refund)
  const ended = { ...refund, state, problem, next_action_at_ms: null }
  await changeRefund(tx, refund, { state, problem, next_action_at_ms: null })
  auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refund-${state}`, subject: order.id },
    detail: { refund: refund.id, problem },
  })
  await room.events.refundSettled(tx, orderOf(order), refundOf(ended))
}

/** Nothing new: the next look, by how often it was looked at in vain. */
export async function postponeRefund(
  tx: Tx,
  { clock }: Pick<PaymentsRoom, 'clock'>,
  refund: RefundRow,
): Promise<void> {
  if (refund.state === 'done') return
  const told = refund.state === 'needs-person'
  const isOver = told
    ? refund.looks > MAX_LOOKS_AFTER_TELLING && !isRepeatedForPerson(refund)
    : refund.state !== 'under-way'
  const pauseMs = pauseAfter(refund.looks, told ? AFTER_TELLING_MS : UNTIL_SETTLED_MS)
  await changeRefund(tx, refund, {
    account: refund.account,
    next_action_at_ms: isOver ? null : clock.nowMs() + pauseMs,
  })
}

async function finish(
  tx: Tx,
  room: PaymentsRoom,
  { order, refund }: HeldRefund,
  { number }: AttemptRow,
  account: string | null,
): Promise<void> {
  const nowMs = room.clock.nowMs()
  const ends = { state: 'done', problem: null, account, paid_number: number, done_at_ms: nowMs } as const
  await changeRefund(tx, refund, { ...ends, next_action_at_ms: null })
  // What goes back of a deposit was put in transit when the HIS held it, under its case.
  const [from, to] =
    order.purpose === 'deposits'
      ? (['deposit-in-transit', 'deposit-paid'] as const)
      : (['refund-in-transit', 'refunded'] as const)
  postJournal(tx, {
    ...{ posting: `refund-done:${refund.id}`, caseId: refund.case_id ?? order.id, atMs: nowMs },
    lines: [
      { account: from, amountFen: fen(-refund.amount_fen) },
      { account: to, amountFen: fen(refund.amount_fen) },
    ],
  })
  auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refunded`, subject: order.id },
    detail: { refund: refund.id, amountFen: refund.amount_fen },
  })
  await room.events.refundSettled(tx, orderOf(order), refundOf({ ...refund, ...ends }))
}

function fits(order: OrderRow, refund: RefundRow, answer: RefundAnswer): boolean {
  return (
    answer.outTradeNo === order.out_trade_no &&
    answer.transactionId === order.transaction_id &&
    answer.totalFen === order.amount_fen &&
    answer.refundFen === refund.amount_fen
  )
}
