import { no, type Outcome, yes } from '@zhangyi/core'
import type { SlotLock, SlotLockRequest } from '../../appointments.ts'
import { type HospitalState, nextNumber } from '../hospital-state.ts'
import { findBookableSlot } from '../schedules/make-slots.ts'
import type { KeptSlotLock } from './kept-appointment.ts'
import { isLive, takenSlots } from './taken-slots.ts'

export interface LockRules {
  readonly seed: number
  readonly nowMs: number
  readonly lockMs: number
}

/** Keeps one place of a slot. A patient who comes back gets the lock that is there: theirs must not block them. */
export function lockSlot(
  state: HospitalState,
  { slotId, patid }: SlotLockRequest,
  { seed, nowMs, lockMs }: LockRules,
): Outcome<SlotLock> {
  if (!state.archives.some((archive) => archive.patid === patid))
    return no('patid-unknown', 'no such archive')
  for (const lock of state.slotLocks.filter((one) => !isLive(one, nowMs))) dropLock(state, lock.lockId)
  const slot = findBookableSlot(seed, slotId, nowMs)
  if (!slot) return no('slot-taken', 'the slot cannot be booked any more')
  if (hasSlot(state, slotId, patid)) return no('duplicate', 'the patient has this slot')
  const own = state.slotLocks.find((lock) => lock.slotId === slotId && lock.patid === patid)
  if (own) return yes(shown(own))
  if (slot.remaining <= (takenSlots(state, nowMs).get(slotId) ?? 0))
    return no('slot-taken', 'no place is left')
  const lock: KeptSlotLock = {
    lockId: nextNumber(state, 'SH'),
    slotId,
    patid,
    fee: slot.fee,
    expiresAt: new Date(nowMs + lockMs).toISOString(),
  }
  state.slotLocks.push(lock)
  return yes(shown(lock))
}

/** Harmless if the lock is gone. */
export function unlockSlot(state: HospitalState, lockId: string): Outcome<void> {
  dropLock(state, lockId)
  return yes(undefined)
}

export function dropLock({ slotLocks }: HospitalState, lockId: string): void {
  const index = slotLocks.findIndex((lock) => lock.lockId === lockId)
  if (index >= 0) slotLocks.splice(index, 1)
}

export function hasSlot({ appointments }: HospitalState, slotId: string, patid: string): boolean {
  return appointments.some((one) => one.slotId === slotId && one.patid === patid && one.state !== 'cancelled')
}

function shown({ lockId, slotId, fee, expiresAt }: KeptSlotLock): SlotLock {
  return { lockId, slotId, fee, expiresAt }
}
