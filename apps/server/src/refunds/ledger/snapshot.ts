import { shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'

/** How the ledger stands: archives and fen. */
export interface LedgerStanding {
  readonly totalCount: number
  /** What was ever owed: what is left, what was refunded, and what went elsewhere. */
  readonly totalFen: number
  readonly toldCount: number
  readonly refundedCount: number
  readonly refundedFen: number
  readonly clearedCount: number
  readonly elsewhereFen: number
  readonly openCount: number
  readonly openFen: number
  readonly toCleanCount: number
  readonly toCleanFen: number
}

export async function standing(tx: Tx): Promise<LedgerStanding> {
  const { rows } = await sql<LedgerStanding>`
    SELECT count(*) AS "totalCount",
      coalesce(sum(balance_fen + refunded_fen + elsewhere_fen), 0)::bigint AS "totalFen",
      count(told_at_ms) AS "toldCount",
      count(*) FILTER (WHERE refunded_fen > 0) AS "refundedCount",
      coalesce(sum(refunded_fen), 0)::bigint AS "refundedFen",
      count(cleared_at_ms) AS "clearedCount",
      coalesce(sum(elsewhere_fen), 0)::bigint AS "elsewhereFen",
      count(*) FILTER (WHERE cleared_at_ms IS NULL) AS "openCount",
      coalesce(sum(balance_fen), 0)::bigint AS "openFen",
      count(*) FILTER (WHERE cleared_at_ms IS NULL AND problems <> '{}') AS "toCleanCount",
      coalesce(sum(balance_fen) FILTER (WHERE problems <> '{}'), 0)::bigint AS "toCleanFen"
    FROM balance_record WHERE hospital_id = ${tx.hospitalId}`.execute(tx.sql)
  return rows[0] as LedgerStanding
}

/** Keeps how the day stands now; the last one of a day stays. */
export async function takeSnapshot(tx: Tx, nowMs: number): Promise<void> {
  const now = await standing(tx)
  await sql`
    INSERT INTO balance_snapshot AS kept (hospital_id, day, at_ms, total_count, total_fen, told_count, refunded_count,
      refunded_fen, cleared_count, elsewhere_fen, open_count, open_fen, to_clean_count, to_clean_fen)
    VALUES (${tx.hospitalId}, ${shanghaiDay(nowMs)}, ${nowMs}, ${now.totalCount}, ${now.totalFen}, ${now.toldCount},
      ${now.refundedCount}, ${now.refundedFen}, ${now.clearedCount}, ${now.elsewhereFen}, ${now.openCount},
      ${now.openFen}, ${now.toCleanCount}, ${now.toCleanFen})
    ON CONFLICT (hospital_id, day) DO UPDATE SET at_ms = excluded.at_ms, total_count = excluded.total_count,
      total_fen = excluded.total_fen, told_count = excluded.told_count, refunded_count = excluded.refunded_count,
      refunded_fen = excluded.refunded_fen, cleared_count = excluded.cleared_count,
      elsewhere_fen = excluded.elsewhere_fen, open_count = excluded.open_count, open_fen = excluded.open_fen,
      to_clean_count = excluded.to_clean_count, to_clean_fen = excluded.to_clean_fen
    WHERE kept.at_ms <= excluded.at_ms`.execute(tx.sql)
}
