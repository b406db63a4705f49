import { unknown } from '@zhangyi/core'
import { findPatient } from '../../patients/index.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { DueWork } from '../../platform/jobs/due-work.ts'
import { eachHospital } from '../../platform/jobs/each-hospital.ts'
import { type DueRows, workDue } from '../../platform/jobs/work-due.ts'
import { askHis } from './ask-his.ts'
import type { ChangeRow } from './change-row.ts'
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
    runDue: (clock, limit) =>
      eachHospital(room, (hospital) =>
        workDue(room.database, hospital.id, dueChanges(room, hospital), clock, limit),
      ),
  }
}

function dueChanges(room: PersonalDataRoom, hospital: Hospital): DueRows<ChangeRow> {
  return {
    ...{ table: 'personal_data_change', counter: 'tries', leaseMs: LEASE_MS, atOnce: 1 },
    one: (row) => askAgain(room, hospital, row),
    failed: (row, error) => {
      // Its text may quote what was to be changed.
      const { name } = error as Error
      room.log.error({ change: row.id, error: name }, 'change of personal data could not be asked again')
    },
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
