import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { type Gate, NEW_GATE } from './gate.ts'

export interface LockedGate {
  readonly gate: Gate
  /** Whether the flight was still there to be ended: if not, it was given up for lost, and its events may be on the wire again. */
  readonly ended: boolean
}

/**
 * Locks the hospital's gate, so that nobody else claims until this transaction ends, and takes a flight that has landed
 * off the list: one way to the database for both, because each costs a busy process some milliseconds.
 */
export async function lockGate(tx: Tx, landed: number | undefined): Promise<LockedGate> {
  const { rows } = await sql<Gate & { ended: boolean }>`
    WITH gone AS (
      DELETE FROM usage_flight WHERE hospital_id = ${tx.hospitalId} AND id = ${landed ?? null}::bigint RETURNING 1)
    SELECT free_at_ms, failures, open_until_ms, last_yes_at_ms, last_problem, last_problem_at_ms,
      (SELECT count(*) > 0 FROM gone) AS ended
    FROM usage_gate WHERE hospital_id = ${tx.hospitalId} FOR UPDATE`.execute(tx.sql)
  const [known] = rows
  if (known) {
    const { ended, ...gate } = known
    return { gate, ended }
  }
  // The first of this hospital: nothing of it can have been on the wire.
  await sql`INSERT INTO usage_gate (hospital_id) VALUES (${tx.hospitalId}) ON CONFLICT DO NOTHING`.execute(
    tx.sql,
  )
  const { rows: made } = await sql<Gate>`
    SELECT free_at_ms, failures, open_until_ms, last_yes_at_ms, last_problem, last_problem_at_ms
    FROM usage_gate WHERE hospital_id = ${tx.hospitalId} FOR UPDATE`.execute(tx.sql)
  return { gate: made[0] ?? NEW_GATE, ended: false }
}

export async function storeGate(tx: Tx, gate: Gate): Promise<void> {
  await sql`
    UPDATE usage_gate SET free_at_ms = ${gate.free_at_ms}, failures = ${gate.failures},
      open_until_ms = ${gate.open_until_ms}, last_yes_at_ms = ${gate.last_yes_at_ms},
      last_problem = ${gate.last_problem}, last_problem_at_ms = ${gate.last_problem_at_ms}
    WHERE hospital_id = ${tx.hospitalId}`.execute(tx.sql)
}
