import { assertNever, type HospitalId, MINUTE_MS, type Outcome, unknown } from '@zhangyi/core'
import type { SlotLock } from '@zhangyi/his'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import { changeOrder, lockOrder, lookAgain, type OrderChange } from './change-order.ts'
import { type OrderRow, requestKey } from './order-row.ts'
import { BOOKING_MARGIN_MS, LEASE_MS } from './own-time.ts'
import { appointmentsOf, type VisitsRoom } from './room.ts'

/**
 * Asks the HIS to keep the slot, while the patient waits. Its answer unknown, the order stays as it is: the patient may
 * press again, with the same key; if nobody does, the work gives back what may be kept.
 */
export async function lockSlot(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<OrderRow> {
  const outcome = await askToLock(room, hospitalId, order)
  const after = await room.database.inTransaction(hospitalId, (tx) => settle(tx, room, order, outcome))
  if (after) return after
  if (outcome.kind === 'unknown')
    throw new AppError('his-unavailable', {
      zh: '医院系统没有及时答复，还不知道号有没有留住。请再点一次，或稍后重新选择。',
    })
  if (outcome.kind === 'no') throw refusalOf(outcome.code)
  // Pressed twice at once: the other press stored the same answer first.
  const now = await room.database.inTransaction(hospitalId, (tx) => lockOrder(tx, order.id))
  if (now?.state === 'to-pay') return now
  throw new AppError('order-under-way')
}

/** The same key each time: the HIS keeps one place, and answers with the same lock. */
export async function askToLock(
  room: VisitsRoom,
  hospitalId: HospitalId,
  order: OrderRow,
): Promise<Outcome<SlotLock>> {
  const slotId = order.slot_id ?? ''
  const outcome = await appointmentsOf(room, { hospitalId }).lock(
    { slotId, patid: order.patid },
    requestKey(order, 'lock'),
  )
  if (outcome.kind !== 'yes') return outcome
  const { value } = outcome
  // A lock of another slot, or one that costs less than nothing, is no lock of this one.
  return value.slotId === slotId && value.fee >= 0 && !Number.isNaN(Date.parse(value.expiresAt))
    ? outcome
    : unknown('foreign-answer')
}

async function settle(
  tx: Tx,
  room: VisitsRoom,
  order: OrderRow,
  outcome: Outcome<SlotLock>,
): Promise<OrderRow | undefined> {
  const nowMs = room.clock.nowMs()
  switch (outcome.kind) {
    case 'yes': {
      const { payMinutes } = hospitalOf(room, tx).visits
      const expiresAtMs = payUntil(nowMs, payMinutes, Date.parse(outcome.value.expiresAt))
      return changeOrder(tx, order, 'locked', {
        ...keptBy(outcome.value),
        ...{ expires_at_ms: expiresAtMs, next_action_at_ms: expiresAtMs, changed_at_ms: nowMs },
      })
    }
    case 'no':
      await changeOrder(tx, order, 'not-locked', {
        ...{ last_problem: `no ${outcome.code}`, changed_at_ms: nowMs },
      })
      return undefined
    case 'unknown':
      await lookAgain(tx, order, {
        ...{ last_problem: `unknown ${outcome.cause}`, next_action_at_ms: nowMs + LEASE_MS },
      })
      return undefined
    default:
      return assertNever(outcome)
  }
}

export function keptBy({ lockId, fee, expiresAt }: SlotLock): OrderChange {
  return { lock_id: lockId, fee_fen: fee, lock_expires_at_ms: Date.parse(expiresAt) }
}

/** The hospital's own limit, and before the lock ends what it takes to book; a very short lock is used to its end. */
function payUntil(nowMs: number, payMinutes: number, lockEndsMs: number): number {
  const lastMs = Math.max(lockEndsMs - BOOKING_MARGIN_MS, Math.min(lockEndsMs, nowMs + BOOKING_MARGIN_MS))
  return Math.min(nowMs + payMinutes * MINUTE_MS, lastMs)
}

function refusalOf(code: string): AppError {
  if (code === 'slot-taken') return new AppError('slot-taken')
  if (code === 'duplicate')
    return new AppError('his-refused', { zh: '就诊人已经挂了这个号，请在“挂号记录”里查看。' })
  return new AppError('his-refused', { zh: '医院没有受理这次挂号，请另选一个时间，或到窗口挂号。' })
}
