import { type Clock, type HospitalId, unknown } from '@zhangyi/core'
import { findPatient } from '../../patients/index.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import { askHis } from './ask-his.ts'
import type { ChangeRow, ChangeTables } from './change-row.ts'
import { PERSONAL_DATA_WORK, type PersonalDataRoom } from './room.ts'
import { settleChange } from './settle-change.ts'
import { LEASE_MS } from './store-change.ts'

/**
 * Asks again for changes whose end nobody knows: the reply was lost, or our process died in between. The same request
 * key each time, so that the HIS acts once.
 */
export function personalDataWork(room: PersonalDataRoom): DueWork {
  return {
    name: PERSONAL_DATA_WORK,
    everyMinutes: 1,
    runDue: async (clock, limit) => {
      let done = 0
      for (const hospital of room.hospitals.all) {
        const due = await claim(room, hospital.id, clock, limit)
        for (const row of due) await askAgainAlone(room, hospital, row)
        done = Math.max(done, due.length)
      }
      return done
    },
  }
}

/** One change that cannot be asked stops no other one; it keeps its lease and comes again. */
async function askAgainAlone(room: PersonalDataRoom, hospital: Hospital, row: ChangeRow): Promise<void> {
  try {
    await askAgain(room, hospital, row)
  } catch (error) {
    // Its text may quote what was to be changed.
    const { name } = error as Error
    room.log.error({ change: row.id, error: name }, 'change of personal data could not be asked again')
  }
}

async function askAgain(room: PersonalDataRoom, hospital: Hospital, row: ChangeRow): Promise<void> {
  const patient = await room.database.inTransaction(hospital.id, (tx) =>
    findPatient(tx, row.user_id, row.patient_id),
  )
  // An adapter that throws says nothing, as a lost reply: asked on, and parked in the end.
  const outcome = await askHis(room, hospital, row, patient).catch(() => unknown('adapter-threw'))
  const state = await room.database.inTransaction(hospital.id, (tx) =>
    settleChange(tx, room, row, outcome, 'system:verification'),
  )
  if (state === 'parked') room.log.error({ change: row.id }, 'change of personal data parked')
}

function claim(
  { database }: PersonalDataRoom,
  hospital: HospitalId,
  clock: Clock,
  limit: number,
): Promise<ChangeRow[]> {
  return database.inTransaction(hospital, async (tx) => {
    const sql = tx.sql.withTables<ChangeTables>()
    const due = await sql
      .selectFrom('personal_data_change')
      .select('id')
      .where('hospital_id', '=', hospital)
      .where('next_action_at_ms', '<=', clock.nowMs())
      .orderBy('next_action_at_ms')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    if (due.length === 0) return []
    return sql
      .updateTable('personal_data_change')
      .set((row) => ({ next_action_at_ms: clock.nowMs() + LEASE_MS, tries: row('tries', '+', 1) }))
      .where('hospital_id', '=', hospital)
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .returningAll()
      .execute()
  })
}
