import { MINUTE_MS, newId } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import { sql } from 'kysely'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import type { Granted } from '../grants/require-grant.ts'
import { type ChangeRow, type ChangeTables, type NewValues, sealNew, sealOld } from './change-row.ts'
import { findRights } from './find-rights.ts'
import type { PersonalDataRoom } from './room.ts'

// While the HIS is being asked nobody else asks; a killed process delays the next try by no more.
export const LEASE_MS = 2 * MINUTE_MS

/**
 * The intent, stored before the HIS is asked: who, on which grant, old and new values sealed. `under-way`: another
 * change of this archive has no end yet. `ended-meanwhile`: the grant is over; recorded.
 */
export function storeChange(
  room: PersonalDataRoom,
  session: Session,
  { patient }: Granted,
  values: NewValues,
  before: Archive,
): Promise<ChangeRow | 'under-way' | 'ended-meanwhile'> {
  const { clock, cipher } = room
  const old = {
    ...('phone' in values && { phone: before.phone ?? null }),
    ...('address' in values && { address: before.address ?? null }),
  }
  const id = newId('pdc')
  return room.database.inTransaction(session.hospitalId, async (tx) => {
    const nowMs = clock.nowMs()
    const { change: grant } = await findRights(tx, session, patient, nowMs)
    if (!grant) {
      auditUser(tx, clock, session.userId, {
        ...{ action: 'verification.refused', subject: patient.id },
        detail: { purpose: 'personal-data', act: 'change', why: 'ended-meanwhile' },
      })
      return 'ended-meanwhile'
    }
    const row = await tx.sql
      .withTables<ChangeTables>()
      .insertInto('personal_data_change')
      .values({
        ...{ hospital_id: tx.hospitalId, id, user_id: session.userId, patient_id: patient.id },
        ...{ patid: patient.patid, grant_id: grant.id },
        ...{ old_values: sealOld(cipher, old), new_values: sealNew(cipher, values) },
        ...{ state: 'asked', tries: 1, last_problem: null },
        ...{ created_at_ms: nowMs, settled_at_ms: null, next_action_at_ms: nowMs + LEASE_MS },
      })
      .onConflict((conflict) =>
        conflict
          .columns(['hospital_id', 'patid'])
          .where(sql<boolean>`state IN ('asked', 'unknown')`)
          .doNothing(),
      )
      .returningAll()
      .executeTakeFirst()
    if (!row) return 'under-way'
    auditUser(tx, clock, session.userId, {
      ...{ action: 'personal-data.change-asked', subject: id },
      detail: { patient: patient.id, fields: Object.keys(values).join(), grant: grant.id },
    })
    return row
  })
}
