import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'

/**
 * The platform's code of a HIS department; null where nobody has mapped it yet. A department that is met for the first
 * time is put on the list.
 */
export async function departmentCode(
  tx: Tx,
  { usage }: Pick<Hospital, 'usage'>,
  department: { readonly id: string; readonly name: string } | undefined,
  nowMs: number,
): Promise<string | null> {
  const other = usage.otherDepartment ?? null
  if (department === undefined) return other
  // Read first: the insert below locks the row, and every booking of a department would wait for the one before. Where
  // the event is to be parked it has to: whoever sets a code meanwhile waits, and then finds it among the parked.
  const known = await sql<{ name: string; code: string | null }>`
    SELECT name, code FROM usage_department WHERE hospital_id = ${tx.hospitalId} AND department_id = ${department.id}`.execute(
    tx.sql,
  )
  const [row] = known.rows
  const code = row?.code ?? other
  if (row?.name === department.name && code !== null) return code
  const { rows } = await sql<{ code: string | null }>`
    INSERT INTO usage_department (hospital_id, department_id, name, code, seen_at_ms)
    VALUES (${tx.hospitalId}, ${department.id}, ${department.name}, NULL, ${nowMs})
    ON CONFLICT (hospital_id, department_id) DO UPDATE SET name = excluded.name
    RETURNING code`.execute(tx.sql)
  return rows[0]?.code ?? other
}
