import { assertNever, fen, type Outcome, unknown } from '@zhangyi/core'
import { orderRefund } from '../payments/index.ts'
import { recordAudit } from '../platform/audit/record-audit.ts'
import type { Tx } from '../platform/database/tx.ts'
import { currentTraceId } from '../platform/http/trace.ts'
import { recordUsageEvent } from '../usage/index.ts'
import { changeOrder, lockOrder, lookAgain } from './change-order.ts'
import {
  type HisAnswer,
  numberOf,
  type OrderRow,
  openContent,
  openQuestion,
  refundKey,
  sealAnswer,
} from './order-row.ts'
import { ALARM_AFTER_MS, backoffMs, DENIAL_GRACE_MS } from './own-time.ts'
import type { VisitsParts } from './room.ts'

/** Stores what the HIS said to a booking or posting, with everything that follows from it, in one transaction. */
export async function settlePosting(
  tx: Tx,
  room: VisitsParts,
  order: OrderRow,
  answered: Outcome<HisAnswer>,
): Promise<void> {
  const outcome =
    answered.kind === 'yes' && !isOurs(room, order, answered.value) ? unknown('foreign-answer') : answered
  switch (outcome.kind) {
    case 'yes':
      return succeed(tx, room, order, outcome.value)
    case 'no':
      return refuse(tx, room, order, outcome.code)
    case 'unknown':
      return wait(tx, room, order, outcome.cause)
    default:
      return assertNever(outcome)
  }
}

async function succeed(tx: Tx, room: VisitsParts, order: OrderRow, answer: HisAnswer): Promise<void> {
  const nowMs = room.clock.nowMs()
  const done = await changeOrder(tx, order, 'booked', {
    ...{ answer: sealAnswer(room.cipher, answer), his_number: numberOf(answer) },
    ...{ succeeded_at_ms: nowMs, changed_at_ms: nowMs },
  })
  if (!done) return contradict(tx, room, order, 'yes')
  audit(tx, room, order, 'visits.booked')
  const { department, campus } = openContent(room.cipher, order)
  await recordUsageEvent(tx, room, {
    act: ACTS[order.kind],
    user: { userId: order.user_id, appid: order.appid, openid: order.openid, channel: order.channel },
    patientId: order.patient_id,
    ...(department.id !== undefined && { department: { id: department.id, name: department.name } }),
    ...(campus !== undefined && { campus }),
    number: order.id,
  })
}

const ACTS = {
  appointment: 'book-appointment',
  'same-day': 'register-same-day',
  'outpatient-fee': 'pay-outpatient-fee',
} as const

async function refuse(tx: Tx, room: VisitsParts, order: OrderRow, code: string): Promise<void> {
  const last_problem = `no ${code}`
  const free = order.payment_order_id === null
  const changed_at_ms = room.clock.nowMs()
  const refused = await changeOrder(tx, order, free ? 'refused-free' : 'refused', {
    last_problem,
    changed_at_ms,
  })
  if (!refused) return contradict(tx, room, order, 'no')
  audit(tx, room, order, 'visits.refused', { code })
  if (order.payment_order_id !== null)
    await orderRefund(tx, room, {
      ...{
        paymentOrderId: order.payment_order_id,
        amountFen: fen(order.fee_fen),
        requestKey: refundKey(order),
      },
      reason: order.kind === 'outpatient-fee' ? '缴费未成功，全额退回' : '挂号未成功，全额退回',
    })
}

async function wait(tx: Tx, room: VisitsParts, order: OrderRow, cause: string): Promise<void> {
  const nowMs = room.clock.nowMs()
  const askedAtMs = order.asked_at_ms ?? nowMs
  const next = cause === 'denied-early' ? askedAtMs + DENIAL_GRACE_MS : nowMs + backoffMs(order.tries)
  await lookAgain(tx, order, { last_problem: `unknown ${cause}`, next_action_at_ms: next })
  const late = nowMs - askedAtMs > ALARM_AFTER_MS
  if (late || cause === 'foreign-answer')
    room.log.error(
      { order: order.id, cause, tries: order.tries },
      'nobody can say whether a paid visit is booked',
    )
}

/** An end that stands stays. A late answer of the other kind changes nothing, and somebody has to know of it. */
async function contradict(tx: Tx, room: VisitsParts, order: OrderRow, late: 'yes' | 'no'): Promise<void> {
  const now = await lockOrder(tx, order.id)
  const stands = now?.succeeded_at_ms != null ? 'yes' : 'no'
  if (!now || now.state === 'posting' || stands === late) return
  room.log.error({ order: order.id, stands, late }, 'the HIS contradicts what it said of a visit')
  audit(tx, room, order, 'visits.contradicted', { stands, late })
}

/** Of this archive, and booked with this payment as far as the HIS says. */
function isOurs({ cipher }: VisitsParts, order: OrderRow, answer: HisAnswer): boolean {
  const { payment } = openQuestion(cipher, order)
  return (
    answer.patid === order.patid &&
    numberOf(answer) !== '' &&
    (answer.paymentNumber === undefined || answer.paymentNumber === payment?.paymentNumber)
  )
}

function audit(
  tx: Tx,
  { clock }: VisitsParts,
  order: OrderRow,
  action: 'visits.booked' | 'visits.refused' | 'visits.contradicted',
  detail: Readonly<Record<string, string>> = {},
): void {
  recordAudit(tx, {
    ...{ atMs: clock.nowMs(), actor: 'system:visits', action, subject: order.id, traceId: currentTraceId() },
    detail: { patient: order.patient_id, kind: order.kind, ...detail },
  })
}
