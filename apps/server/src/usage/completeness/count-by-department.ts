import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'

/** The events of one day in one department of the HIS: bookings and registrations have one, queries have none. */
export interface DepartmentCounts {
  readonly departmentId: string
  readonly name: string
  /** The platform's; null where nobody has mapped it yet. */
  readonly code: string | null
  readonly stored: number
  readonly delivered: number
  readonly pending: number
  readonly parked: number
}

const MOST = 500

/** Those with something undelivered first. */
export async function countByDepartment(tx: Tx, day: string): Promise<readonly DepartmentCounts[]> {
  const { rows } = await sql<DepartmentCounts>`
    SELECT counted.*, known.code FROM (
      SELECT department_id AS "departmentId", max(department_name) AS name, count(*) AS stored,
        count(*) FILTER (WHERE state = 'delivered') AS delivered, count(*) FILTER (WHERE state = 'pending') AS pending,
        count(*) FILTER (WHERE state = 'parked') AS parked
      FROM usage_event WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND department_id IS NOT NULL
      GROUP BY department_id) AS counted
    LEFT JOIN usage_department AS known
      ON known.hospital_id = ${tx.hospitalId} AND known.department_id = counted."departmentId"
    ORDER BY parked DESC, pending DESC, stored DESC, "departmentId" LIMIT ${MOST}`.execute(tx.sql)
  return rows.map((row) => ({ ...row, name: row.name ?? row.departmentId, code: row.code ?? null }))
}
