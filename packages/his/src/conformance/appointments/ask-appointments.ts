import type { Outcome } from '@zhangyi/core'
import type { Appointment, BookingRequest, Slot, SlotLock } from '../../appointments.ts'
import { createNew, wordsOf } from '../ask.ts'
import { groupOf, isInstant } from '../ask-group.ts'
import { type ConformanceBench, must } from '../check.ts'
import { findSlots, slotNow } from '../schedules/ask-slots.ts'
import { testPayment } from '../test-payment.ts'

/** A made-up patient, and a slot of another day that has places. */
export async function patientAndSlot(bench: ConformanceBench) {
  groupOf(bench, 'appointments')
  const [slot] = (await findSlots(bench, ({ remaining }) => remaining > 0)).slots
  must(slot !== undefined, '没有号源')
  return { slot, patid: await newPatient(bench) }
}

export async function newPatient(bench: ConformanceBench): Promise<string> {
  const { patid } = await createNew(bench, bench.people.adult())
  return patid
}

export async function lockSlot(bench: ConformanceBench, { slotId }: Slot, patid: string): Promise<SlotLock> {
  const outcome = await groupOf(bench, 'appointments').lock({ slotId, patid }, bench.newKey())
  return locked(outcome)
}

export function locked(outcome: Outcome<SlotLock>): SlotLock {
  must(outcome.kind === 'yes', `锁号的答复是 ${wordsOf(outcome)}，应当是 yes`)
  const { lockId, expiresAt } = outcome.value
  must(typeof lockId === 'string' && lockId !== '', '锁号的答复里没有 lockId')
  must(isInstant(expiresAt), '锁号的 expiresAt 不是带时区的时间')
  return outcome.value
}

export async function unlock(bench: ConformanceBench, lockId: string): Promise<void> {
  const outcome = await groupOf(bench, 'appointments').unlock(lockId, bench.newKey())
  must(outcome.kind === 'yes', `放号的答复是 ${wordsOf(outcome)}，应当是 yes`)
}

/** A booking as the gateway sends it after a payment. */
export function bookingOf(bench: ConformanceBench, lock: SlotLock, patid: string): BookingRequest {
  return { lockId: lock.lockId, patid, payment: lock.fee > 0 ? testPayment(bench, lock.fee) : undefined }
}

export function booked(outcome: Outcome<Appointment>): Appointment {
  must(outcome.kind === 'yes', `预约的答复是 ${wordsOf(outcome)}，应当是 yes`)
  return outcome.value
}

/** Leaves the slot as it was found. */
export async function cancel(bench: ConformanceBench, appointmentId: string): Promise<Appointment> {
  const request = { appointmentId, reason: '接入检查' }
  const outcome = await groupOf(bench, 'appointments').cancel(request, bench.newKey())
  must(outcome.kind === 'yes', `取消的答复是 ${wordsOf(outcome)}，应当是 yes`)
  return outcome.value
}

export async function remainingOf(bench: ConformanceBench, slot: Slot): Promise<number> {
  return (await slotNow(bench, slot))?.remaining ?? 0
}
