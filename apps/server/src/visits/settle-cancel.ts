import { assertNever, fen, type Outcome, unknown } from '@zhangyi/core'
import type { Appointment } from '@zhangyi/his'
import { orderRefund } from '../payments/index.ts'
import { recordAudit } from '../platform/audit/record-audit.ts'
import type { Tx } from '../platform/database/tx.ts'
import { currentTraceId } from '../platform/http/trace.ts'
import { changeOrder, lookAgain } from './change-order.ts'
import { type OrderRow, refundKey } from './order-row.ts'
import { ALARM_AFTER_MS, backoffMs } from './own-time.ts'
import type { VisitsParts } from './room.ts'

/** Stores what the HIS said to a cancellation; the whole fee goes back after its "yes" only. True: it refused. */
export async function settleCancel(
  tx: Tx,
  room: VisitsParts,
  order: OrderRow,
  answered: Outcome<Appointment>,
): Promise<boolean> {
  const nowMs = room.clock.nowMs()
  const outcome =
    answered.kind === 'yes' && !isCancelled(order, answered.value) ? unknown('foreign-answer') : answered
  switch (outcome.kind) {
    case 'yes': {
      const free = order.payment_order_id === null
      const happening = free ? 'cancel-done-free' : 'cancel-done'
      if (!(await changeOrder(tx, order, happening, { changed_at_ms: nowMs }))) return false
      audit(tx, room, order, 'visits.cancelled')
      if (order.payment_order_id !== null)
        await orderRefund(tx, room, {
          ...{ paymentOrderId: order.payment_order_id, amountFen: fen(order.fee_fen) },
          ...{ reason: '患者退号，全额退回', requestKey: refundKey(order) },
        })
      return false
    }
    case 'no': {
      const last_problem = `no ${outcome.code}`
      if (!(await changeOrder(tx, order, 'cancel-refused', { last_problem, changed_at_ms: nowMs })))
        return false
      audit(tx, room, order, 'visits.cancel-refused', { code: outcome.code })
      return true
    }
    case 'unknown': {
      const last_problem = `unknown ${outcome.cause}`
      await lookAgain(tx, order, { last_problem, next_action_at_ms: nowMs + backoffMs(order.tries) })
      if (nowMs - order.changed_at_ms > ALARM_AFTER_MS || outcome.cause === 'foreign-answer')
        room.log.error(
          { order: order.id, cause: outcome.cause },
          'nobody can say whether a visit is cancelled',
        )
      return false
    }
    default:
      return assertNever(outcome)
  }
}

function isCancelled({ his_number, patid }: OrderRow, answer: Appointment): boolean {
  return answer.appointmentId === his_number && answer.patid === patid && answer.state === 'cancelled'
}

function audit(
  tx: Tx,
  { clock }: VisitsParts,
  order: OrderRow,
  action: 'visits.cancelled' | 'visits.cancel-refused',
  detail: Readonly<Record<string, string>> = {},
): void {
  recordAudit(tx, {
    ...{ atMs: clock.nowMs(), actor: 'system:visits', action, subject: order.id, traceId: currentTraceId() },
    detail: { patient: order.patient_id, ...detail },
  })
}
