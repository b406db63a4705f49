import type { UsageDesk, UsageHospital } from '../room.ts'
import { releaseMapped } from './release-mapped.ts'
import { type MappedDepartment, setCodes } from './set-codes.ts'

export interface Mapped {
  /** Departments whose code is another one now. */
  readonly changed: number
  /** Events that were let go. */
  readonly released: number
}

/** An operator's codes, and at once what they let go of. */
export async function mapDepartments(
  room: UsageDesk,
  hospital: UsageHospital,
  operator: string,
  mapped: readonly MappedDepartment[],
): Promise<Mapped> {
  const nowMs = room.clock.nowMs()
  const changed = await room.database.inTransaction(hospital.id, (tx) =>
    setCodes(tx, operator, mapped, nowMs),
  )
  return { changed, released: await releaseMapped(room, hospital, nowMs) }
}
