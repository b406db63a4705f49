import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'

export const DEPARTMENT_CODE = /^[A-Za-z0-9_.-]{1,32}$/

export interface MappedDepartment {
  readonly departmentId: string
  /** Null takes a wrong code away; what was sent under it stays sent. */
  readonly code: string | null
}

/**
 * Gives departments the platform's codes. One that no event has named yet is put on the list, so that a whole table can
 * be brought before the first day. Releasing what was kept back is a step of its own.
 */
export async function setCodes(
  tx: Tx,
  operator: string,
  mapped: readonly MappedDepartment[],
  nowMs: number,
): Promise<number> {
  const { rows } = await sql`
    INSERT INTO usage_department AS known (hospital_id, department_id, name, code, seen_at_ms)
    SELECT ${tx.hospitalId}, id, id, code, ${nowMs}
    FROM unnest(${mapped.map(({ departmentId }) => departmentId)}::text[], ${mapped.map(({ code }) => code)}::text[])
      AS told (id, code)
    ORDER BY id
    ON CONFLICT (hospital_id, department_id) DO UPDATE SET code = excluded.code
    WHERE known.code IS DISTINCT FROM excluded.code
    RETURNING 1`.execute(tx.sql)
  if (rows.length > 0)
    recordAudit(tx, {
      ...{ atMs: nowMs, actor: `operator:${operator}`, action: 'usage.departments-mapped' },
      ...{
        subject: mapped.length === 1 ? (mapped[0]?.departmentId ?? '') : 'import',
        traceId: currentTraceId(),
      },
      detail: { count: rows.length, ...(mapped.length === 1 && { code: mapped[0]?.code ?? 'none' }) },
    })
  return rows.length
}
