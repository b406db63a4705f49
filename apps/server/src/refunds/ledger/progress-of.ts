import { DAY_MS, HOUR_MS, isRealDate, shanghaiMidnight } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { badInput } from '../../platform/errors/catalogue.ts'

const MOST_DAYS = 400

export interface LedgerDay {
  readonly day: string
  /** Told for the first time on that day. */
  readonly told: number
  readonly refundedCount: number
  readonly refundedFen: number
  /** Nothing is left of them since that day, by whatever way. */
  readonly cleared: number
  /** At the end of the day; null before the first count. A day without one stands as the day before. */
  readonly openCount: number | null
  readonly openFen: number | null
}

/** Day by day, both ends included. */
export async function progressOf(tx: Tx, from: string, to: string): Promise<readonly LedgerDay[]> {
  requireDays(from, to)
  const [beginMs, endMs] = [shanghaiMidnight(from), shanghaiMidnight(to) + DAY_MS]
  const byDay = (column: string) => sql`(${sql.ref(column)} + ${SHANGHAI_MS}::bigint) / ${DAY_MS}::bigint`
  const between = (column: string) =>
    sql`hospital_id = ${tx.hospitalId} AND ${sql.ref(column)} >= ${beginMs} AND ${sql.ref(column)} < ${endMs}`
  const { rows } = await sql<LedgerDay>`
    WITH told AS (
      SELECT ${byDay('first_told_at_ms')} AS number, count(*) AS count FROM balance_record
      WHERE ${between('first_told_at_ms')} GROUP BY 1
    ), refunded AS (
      SELECT ${byDay('at_ms')} AS number, count(DISTINCT patid) AS count, sum(amount_fen)::bigint AS fen
      FROM balance_refund JOIN balance_record USING (hospital_id, patid) WHERE ${between('at_ms')} GROUP BY 1
    ), cleared AS (
      SELECT ${byDay('cleared_at_ms')} AS number, count(*) AS count FROM balance_record
      WHERE ${between('cleared_at_ms')} GROUP BY 1
    )
    SELECT day::text AS day, coalesce(told.count, 0) AS told, coalesce(refunded.count, 0) AS "refundedCount",
      coalesce(refunded.fen, 0) AS "refundedFen", coalesce(cleared.count, 0) AS cleared,
      kept.open_count AS "openCount", kept.open_fen AS "openFen"
    FROM generate_series(${from}::date, ${to}::date, interval '1 day') AS each (at)
    CROSS JOIN LATERAL (SELECT at::date AS day, (at::date - date '1970-01-01') AS number) AS that
    LEFT JOIN told USING (number) LEFT JOIN refunded USING (number) LEFT JOIN cleared USING (number)
    LEFT JOIN LATERAL (
      SELECT open_count, open_fen FROM balance_snapshot
      WHERE hospital_id = ${tx.hospitalId} AND balance_snapshot.day <= that.day
      ORDER BY balance_snapshot.day DESC LIMIT 1) AS kept ON true
    ORDER BY that.day`.execute(tx.sql)
  return rows
}

const SHANGHAI_MS = 8 * HOUR_MS

function requireDays(from: string, to: string): void {
  if (!isRealDate(from)) throw badInput({ field: 'from', message: '日期写成 年-月-日' })
  if (!isRealDate(to)) throw badInput({ field: 'to', message: '日期写成 年-月-日' })
  if (from > to) throw badInput({ field: 'to', message: '结束日期早于开始日期' })
  if (shanghaiMidnight(to) - shanghaiMidnight(from) >= MOST_DAYS * DAY_MS)
    throw badInput({ field: 'to', message: `最多 ${MOST_DAYS} 天` })
}
