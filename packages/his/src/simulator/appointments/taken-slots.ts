import type { HospitalState } from '../hospital-state.ts'
import type { KeptSlotLock } from './kept-appointment.ts'

/** How many places of each slot are gone, locked or booked, besides those that the seed took away. */
export function takenSlots(
  { slotLocks, appointments }: HospitalState,
  nowMs: number,
): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  const take = (slotId: string) => taken.set(slotId, (taken.get(slotId) ?? 0) + 1)
  for (const lock of slotLocks) if (isLive(lock, nowMs)) take(lock.slotId)
  for (const { slotId, state } of appointments)
    if (slotId !== undefined && state !== 'cancelled') take(slotId)
  return taken
}

export function isLive({ expiresAt }: KeptSlotLock, nowMs: number): boolean {
  return nowMs < Date.parse(expiresAt)
}
