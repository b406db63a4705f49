import { type RawBuilder, sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { UsageHospital } from '../room.ts'
import type { ParkReason } from '../tables.ts'

/** One group of the list. */
export interface ParkedChoice {
  readonly day: string
  readonly scene: string
  readonly reason: ParkReason
  readonly code: string | null
}

const AT_ONCE = 1_000

/**
 * The ids of the next batch, locked; what somebody else is deciding about is passed over, and so is what was sent and
 * parked again since the decision.
 */
export function parkedIds(
  tx: Tx,
  { day, scene, reason, code }: ParkedChoice,
  decidedAtMs: number,
): RawBuilder<unknown> {
  return sql`ARRAY(
    SELECT id FROM usage_event
    WHERE hospital_id = ${tx.hospitalId} AND day = ${day}::date AND state = 'parked' AND scene = ${scene}
      AND reason = ${reason} AND code IS NOT DISTINCT FROM ${code}::text
      AND coalesce(sent_at_ms, 0) < ${decidedAtMs}
    ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)`
}

/** Repeats `fn`, each time in a transaction of its own, until it finds no more; returns the sum. */
export async function inBatches(
  database: Database,
  { id }: UsageHospital,
  fn: (tx: Tx) => Promise<number>,
): Promise<number> {
  let sum = 0
  for (let done = AT_ONCE; done >= AT_ONCE; sum += done) done = await database.inTransaction(id, fn)
  return sum
}

export async function auditParked(
  tx: Tx,
  operator: string,
  action: 'usage.released' | 'usage.accepted',
  { day, scene, reason, code }: ParkedChoice,
  count: number,
  nowMs: number,
): Promise<void> {
  if (count === 0) return
  recordAudit(tx, {
    ...{ atMs: nowMs, actor: `operator:${operator}`, action, subject: `${day} ${scene}` },
    ...{ traceId: currentTraceId(), detail: { reason, code: code ?? 'none', count } },
  })
}
