import type { HospitalId } from '@zhangyi/core'
import type { DueWork } from '../jobs/due-work.ts'
import { type DueRows, workDue } from '../jobs/work-due.ts'
import { INSTALLATION } from '../operators/accounts/account.ts'
import { ExportInWork, LEASE_MS, MOST_TRIES } from './export-in-work.ts'
import { type ExportRow, exportTables } from './export-row.ts'
import { EXPORTS_WORK, type ExportsWorkRoom } from './room.ts'
import { writeExport } from './write-export.ts'

/** Files that are written at once by one process. */
const AT_ONCE = 3

/** Writes what was asked for, and removes what is over its time. */
export function exportsWork(room: ExportsWorkRoom): DueWork {
  return {
    name: EXPORTS_WORK,
    everyMinutes: 1,
    atOnce: AT_ONCE,
    runDue: async (clock, limit) => {
      let done = 0
      for (const hospital of [...room.hospitals.all.map(({ id }) => id), INSTALLATION])
        done += await workDue(room.database, hospital, dueExports(room, hospital), clock, limit)
      return done
    },
  }
}

function dueExports(room: ExportsWorkRoom, hospital: HospitalId): DueRows<ExportRow> {
  return {
    ...{ table: 'console_export', counter: 'tries', leaseMs: LEASE_MS, atOnce: 1 },
    one: async (row) => {
      const isOpen = row.state === 'waiting' || row.state === 'working'
      if (!isOpen) await removeExport(room, hospital, row.id)
      // Whoever had it did not even come to say that it failed.
      else if (row.tries > MOST_TRIES) await new ExportInWork(room, hospital, row).fail('Crashed')
      else await writeExport(room, hospital, row)
    },
    failed: (row, error) =>
      room.log.error({ export: row.id, error: (error as Error).name }, 'export could not be worked'),
  }
}

/** Its pieces go with it. */
async function removeExport({ database }: ExportsWorkRoom, hospital: HospitalId, id: string): Promise<void> {
  await database.inTransaction(hospital, (tx) =>
    tx.later(
      exportTables(tx).deleteFrom('console_export').where('hospital_id', '=', hospital).where('id', '=', id),
    ),
  )
}
