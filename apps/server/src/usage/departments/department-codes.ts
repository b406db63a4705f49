import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'

/**
 * The platform's codes of many HIS departments, by id; null where nobody has mapped one yet. New ones are put on the list.
 * Rows without a code stay locked until the caller commits: whoever sets a code meanwhile waits, and then finds
 * the events that are parked for want of it.
 */
export async function departmentCodes(
  tx: Tx,
  { usage }: Pick<Hospital, 'usage'>,
  departments: ReadonlyMap<string, string>,
  nowMs: number,
): Promise<ReadonlyMap<string, string | null>> {
  if (departments.size === 0) return new Map()
  const ids = [...departments.keys()]
  const known = await findCodes(tx, ids)
  // Always in one order, so that two batches never wait for each other.
  const open = ids.filter((id) => (known.get(id) ?? null) === null).sort()
  if (open.length === 0) return known
  await sql`
    INSERT INTO usage_department AS known (hospital_id, department_id, name, code, seen_at_ms)
    SELECT ${tx.hospitalId}, id, name, NULL, ${nowMs}
    FROM unnest(${open}::text[], ${open.map((id) => departments.get(id) ?? '')}::text[]) AS told (id, name)
    ON CONFLICT (hospital_id, department_id) DO UPDATE SET name = excluded.name
    WHERE known.name <> excluded.name`.execute(tx.sql)
  const codes = new Map([...known, ...(await findCodes(tx, open))])
  return new Map(ids.map((id) => [id, codes.get(id) ?? usage.otherDepartment ?? null]))
}

async function findCodes(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ department_id: string; code: string | null }>`
    SELECT department_id, code FROM usage_department
    WHERE hospital_id = ${tx.hospitalId} AND department_id = ANY (${ids})`.execute(tx.sql)
  return new Map(rows.map(({ department_id, code }) => [department_id, code]))
}
