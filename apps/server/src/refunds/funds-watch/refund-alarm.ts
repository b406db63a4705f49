import type { Clock } from '@zhangyi/core'
import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { currentTraceId } from '../../platform/http/trace.ts'

export interface RefundAlarm {
  readonly kind: 'low-funds'
  readonly sinceMs: number
  /** Null: nobody can name a figure, and WeChat refused for want of funds. */
  readonly availableFen: number | null
  readonly neededFen: number
  readonly lookedAtMs: number
  readonly seenBy: string | null
  readonly seenAtMs: number | null
}

/** Whether it is a new one; of one that stands only the figures change. */
export async function raiseAlarm(
  tx: Tx,
  { kind, availableFen, neededFen }: Pick<RefundAlarm, 'kind' | 'availableFen' | 'neededFen'>,
  nowMs: number,
): Promise<boolean> {
  const { rows } = await sql<{ is_new: boolean }>`
    INSERT INTO refund_alarm (hospital_id, kind, since_ms, available_fen, needed_fen, looked_at_ms)
    VALUES (${tx.hospitalId}, ${kind}, ${nowMs}, ${availableFen}, ${neededFen}, ${nowMs})
    ON CONFLICT (hospital_id, kind) DO UPDATE SET available_fen = excluded.available_fen,
      needed_fen = excluded.needed_fen, looked_at_ms = excluded.looked_at_ms
    RETURNING xmax = 0 AS is_new`.execute(tx.sql)
  return rows[0]?.is_new ?? false
}

/** Whether there was one. */
export async function clearAlarm(tx: Tx, kind: RefundAlarm['kind']): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM refund_alarm WHERE hospital_id = ${tx.hospitalId} AND kind = ${kind} RETURNING kind`.execute(
    tx.sql,
  )
  return rows.length > 0
}

export async function listAlarms(tx: Tx): Promise<readonly RefundAlarm[]> {
  const { rows } = await sql<RefundAlarm>`
    SELECT kind, since_ms AS "sinceMs", available_fen AS "availableFen", needed_fen AS "neededFen",
      looked_at_ms AS "lookedAtMs", seen_by AS "seenBy", seen_at_ms AS "seenAtMs"
    FROM refund_alarm WHERE hospital_id = ${tx.hospitalId} ORDER BY since_ms`.execute(tx.sql)
  return rows
}

/** An operator has it in hand; who was first stays. False: it is over, or somebody has it already. */
export async function noteSeen(
  tx: Tx,
  { clock }: { readonly clock: Clock },
  kind: RefundAlarm['kind'],
  by: string,
): Promise<boolean> {
  const nowMs = clock.nowMs()
  const { rows } = await sql`
    UPDATE refund_alarm SET seen_by = ${by}, seen_at_ms = ${nowMs}
    WHERE hospital_id = ${tx.hospitalId} AND kind = ${kind} AND seen_by IS NULL RETURNING kind`.execute(
    tx.sql,
  )
  if (rows.length === 0) return false
  recordAudit(tx, {
    ...{ atMs: nowMs, actor: `operator:${by}`, action: 'refunds.alarm-seen', subject: kind },
    traceId: currentTraceId(),
  })
  return true
}
