import { assertNever, fen, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { isFinalRefundStatus, type RefundAnswer } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import { findAttempts } from '../attempts/attempts.ts'
import { auditPayments } from '../audit.ts'
import { AFTER_TELLING_MS, pauseAfter, UNTIL_SETTLED_MS } from '../back-off.ts'
import { findRefundRows, lockOrder } from '../find-payments.ts'
import { postJournal } from '../journal/post-journal.ts'
import type { PaymentsRoom } from '../room.ts'
import {
  type AttemptRow,
  type OrderRow,
  orderOf,
  type PaymentsTables,
  type RefundRow,
  refundOf,
} from '../tables.ts'

/** A refund that WeChat closes again and again has a reason that another number does not mend. */
const MAX_NUMBERS = 5
const REISSUE_PAUSES_MS = [2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS]
/** Then nobody has mended it for weeks, and the list of what needs a person is what remains. */
const MAX_LOOKS_AFTER_TELLING = 200

// At an hour's pause about a week; whatever it waits for, a person has to know by then.
const MAX_LOOKS = 200

export function isTooLong({ state, looks }: RefundRow): boolean {
  return state === 'under-way' && looks > MAX_LOOKS
}

/** What is held while a refund changes. */
export interface HeldRefund {
  readonly order: OrderRow
  readonly refund: RefundRow
  /** Oldest first. */
  readonly attempts: readonly AttemptRow[]
  /** The merchant that took the payment. */
  readonly mchid: string | undefined
}

export async function holdRefund(tx: Tx, orderId: string, refundId: string): Promise<HeldRefund> {
  const order = await lockOrder(tx, orderId)
  const refund = (await findRefundRows(tx, orderId)).find(({ id }) => id === refundId)
  if (!refund) throw new Error(`no refund ${refundId}`)
  const all = await findAttempts(tx, orderId)
  const attempts = all.filter(({ refund_id }) => refund_id === refundId)
  return { order, refund, attempts, mchid: all.find(({ endpoint }) => endpoint === 'jsapi-prepay')?.mchid }
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
  const { order, refund, attempts } = held
  if (!fits(order, refund, answer)) return tellPerson(tx, room, held, 'mismatch')
  if (await contradictsEnd(tx, room, held, attempt, answer.status)) return
  const account = answer.userReceivedAccount ?? refund.account
  if (answer.status !== 'UNRECOGNISED') await noteQueried(tx, attempt, answer.status)
  switch (answer.status) {
    case 'SUCCESS':
      return refund.state === 'done' ? undefined : finish(tx, room, held, account)
    case 'CLOSED': {
      if (refund.state !== 'under-way') return postponeRefund(tx, room, refund)
      if (attempts.length >= MAX_NUMBERS) return tellPerson(tx, room, held, 'closed-too-often')
      await auditPayments(tx, room.clock, {
        ...{ action: `${order.purpose}.refund-closed`, subject: order.id },
        detail: { refund: refund.id, number: attempt.number },
      })
      const pauseMs = pauseAfter(attempts.length, REISSUE_PAUSES_MS)
      return change(tx, refund, { looks: 0, next_action_at_ms: room.clock.nowMs() + pauseMs })
    }
    case 'ABNORMAL':
      return refund.state === 'under-way'
        ? tellPerson(tx, room, { ...held, refund: { ...refund, account } }, 'abnormal')
        : postponeRefund(tx, room, refund)
    case 'UNRECOGNISED':
      room.log.error({ refund: refund.id }, 'WeChat Pay answers with a refund state that is not known')
      return postponeRefund(tx, room, refund)
    case 'PROCESSING':
      return isTooLong(refund)
        ? tellPerson(tx, room, held, 'unsettled')
        : postponeRefund(tx, room, { ...refund, account })
    default:
      return assertNever(answer)
  }
}

/**
 * Whether a queried or called-back state contradicts the end of an attempt. A refund that goes on all the same would
 * be paid twice: it stops, and a person looks.
 */
export async function contradictsEnd(
  tx: Tx,
  room: PaymentsRoom,
  held: HeldRefund,
  { number, queried_state: stands }: AttemptRow,
  late: RefundAnswer['status'],
): Promise<boolean> {
  const ended = stands === 'SUCCESS' || stands === 'CLOSED'
  if (!ended || stands === late) return false
  // An older state that comes late says nothing against the end.
  if (!isFinalRefundStatus(late)) return true
  const { order, refund } = held
  room.log.error({ refund: refund.id, stands, late }, 'WeChat Pay contradicts the end of a refund')
  await auditPayments(tx, room.clock, {
    ...{ action: 'payments.contradiction', subject: order.id },
    detail: { refund: refund.id, number, stands, late },
  })
  if (refund.state === 'under-way') await tellPerson(tx, room, held, 'contradicted')
  return true
}

/** The refund waits for a person; the asking room hears of it once. It is still looked at, more and more rarely. */
export async function tellPerson(
  tx: Tx,
  room: PaymentsRoom,
  { order, refund }: HeldRefund,
  problem: string,
): Promise<void> {
  if (refund.state !== 'under-way') return postponeRefund(tx, room, refund)
  const told = { ...refund, state: 'needs-person', problem, looks: 0 } as const
  await change(tx, refund, {
    ...{ state: told.state, problem, account: told.account, looks: 0 },
    next_action_at_ms: room.clock.nowMs() + pauseAfter(1, AFTER_TELLING_MS),
  })
  room.log.error({ refund: refund.id, problem }, 'a refund needs a person')
  await auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refund-needs-person`, subject: order.id },
    detail: { refund: refund.id, problem },
  })
  await room.events.refundSettled(tx, orderOf(order), refundOf(told))
}

/** Nothing new: the next look, by how often it was looked at in vain. */
export async function postponeRefund(
  tx: Tx,
  { clock }: Pick<PaymentsRoom, 'clock'>,
  refund: RefundRow,
): Promise<void> {
  if (refund.state === 'done') return
  const told = refund.state === 'needs-person'
  const pauseMs = pauseAfter(refund.looks, told ? AFTER_TELLING_MS : UNTIL_SETTLED_MS)
  await change(tx, refund, {
    account: refund.account,
    next_action_at_ms: told && refund.looks > MAX_LOOKS_AFTER_TELLING ? null : clock.nowMs() + pauseMs,
  })
}

async function finish(
  tx: Tx,
  room: PaymentsRoom,
  { order, refund }: HeldRefund,
  account: string | null,
): Promise<void> {
  const nowMs = room.clock.nowMs()
  await change(tx, refund, {
    ...{ state: 'done', problem: null, account, done_at_ms: nowMs, next_action_at_ms: null },
  })
  await postJournal(tx, {
    ...{ posting: `refund-done:${refund.id}`, caseId: order.id, atMs: nowMs },
    lines: [
      { account: 'refund-in-transit', amountFen: fen(-refund.amount_fen) },
      { account: 'refunded', amountFen: fen(refund.amount_fen) },
    ],
  })
  await auditPayments(tx, room.clock, {
    ...{ action: `${order.purpose}.refunded`, subject: order.id },
    detail: { refund: refund.id, amountFen: refund.amount_fen },
  })
  await room.events.refundSettled(tx, orderOf(order), refundOf({ ...refund, state: 'done', account }))
}

function fits(order: OrderRow, refund: RefundRow, answer: RefundAnswer): boolean {
  return (
    answer.outTradeNo === order.out_trade_no &&
    answer.transactionId === order.transaction_id &&
    answer.totalFen === order.amount_fen &&
    answer.refundFen === refund.amount_fen
  )
}

async function noteQueried(tx: Tx, { id }: AttemptRow, queried: string): Promise<void> {
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_attempt')
    .set({ state: 'yes', queried_state: queried })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .execute()
}

async function change(tx: Tx, { id, state }: RefundRow, after: Partial<RefundRow>): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('refund_order')
    .set(after)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`refund ${id} is no longer ${state}`)
}
