import { DAY_MS, startOfShanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { LegRow } from '../tables.ts'

const DAYS = 7

/**
 * What the 运营账户 is expected to need today: as much as was transferred on a middling one of the last seven days, and
 * what those need who were turned away. The median: one day of a campaign is not every day.
 */
export async function expectedDemand(
  tx: Tx,
  waiting: readonly Pick<LegRow, 'amount_fen'>[],
  nowMs: number,
): Promise<number> {
  const todayMs = startOfShanghaiDay(nowMs)
  const fromMs = todayMs - DAYS * DAY_MS
  const { rows } = await sql<{ fen: number }>`
    SELECT sum(amount_fen)::bigint AS fen FROM balance_refund
    WHERE hospital_id = ${tx.hospitalId} AND way = 'transfer' AND at_ms >= ${fromMs} AND at_ms < ${todayMs}
    GROUP BY (at_ms - ${fromMs}) / ${DAY_MS}`.execute(tx.sql)
  const waitingFen = waiting.reduce((sum, { amount_fen }) => sum + amount_fen, 0)
  return medianOf(rows.map(({ fen }) => Number(fen))) + waitingFen
}

/** Days on which nothing was paid count as such. */
function medianOf(sums: readonly number[]): number {
  const all = [...sums, ...Array.from({ length: DAYS - sums.length }, () => 0)].sort((a, b) => a - b)
  return all[(DAYS - 1) / 2] ?? 0
}
