import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'

export interface DepartmentView {
  readonly departmentId: string
  readonly name: string
  readonly code: string | null
  readonly seenAtMs: number
  /** Events that are kept back for want of its code. */
  readonly waiting: number
}

const MOST = 5_000

/** The hospital's departments, those without a code first, and of them those that hold back most. */
export async function listDepartments(tx: Tx): Promise<readonly DepartmentView[]> {
  const { rows } = await sql<DepartmentView>`
    SELECT department.department_id AS "departmentId", department.name, department.code,
      department.seen_at_ms AS "seenAtMs", coalesce(parked.count, 0) AS waiting
    FROM usage_department AS department
    LEFT JOIN (
      SELECT department_id, count(*) AS count FROM usage_event
      WHERE hospital_id = ${tx.hospitalId} AND state = 'parked' AND reason = 'department-unmapped'
      GROUP BY department_id) AS parked USING (department_id)
    WHERE department.hospital_id = ${tx.hospitalId}
    ORDER BY department.code IS NOT NULL, waiting DESC, department.department_id LIMIT ${MOST}`.execute(
    tx.sql,
  )
  return rows
}
