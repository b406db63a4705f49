import { fen } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { FundAccountRow, PaymentsTables } from '../tables.ts'
import type { Promised } from './judge-funds.ts'

export function findFundAccount(tx: Tx, mchid: string): Promise<FundAccountRow | undefined> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('fund_account')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('mchid', '=', mchid)
    .executeTakeFirst()
}

/** Whoever decides by a figure holds the merchant's row: two patients never get the same fen. */
export function holdFundAccount(tx: Tx, mchid: string): Promise<FundAccountRow> {
  return (
    tx.sql
      .withTables<PaymentsTables>()
      .insertInto('fund_account')
      .values({
        ...{ hospital_id: tx.hospitalId, mchid, balance_fen: null, source: null, as_of_ms: null },
        ...{ api_closed_until_ms: null, dry_since_ms: null },
      })
      // Changes nothing, and locks the row that is there.
      .onConflict((conflict) => conflict.columns(['hospital_id', 'mchid']).doUpdateSet({ mchid }))
      .returningAll()
      .executeTakeFirstOrThrow()
  )
}

export async function changeFundAccount(
  tx: Tx,
  mchid: string,
  after: Partial<FundAccountRow>,
): Promise<void> {
  await holdFundAccount(tx, mchid)
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('fund_account')
    .set(after)
    .where('hospital_id', '=', tx.hospitalId)
    .where('mchid', '=', mchid)
    .execute()
}

/** WeChat took a transfer: there are funds. Writes nothing where nobody said otherwise. */
export function noteFunded(tx: Tx, mchid: string): void {
  tx.later(
    tx.sql
      .withTables<PaymentsTables>()
      .updateTable('fund_account')
      .set({ dry_since_ms: null })
      .where('hospital_id', '=', tx.hospitalId)
      .where('mchid', '=', mchid)
      .where('dry_since_ms', 'is not', null),
  )
}

/**
 * All in one statement, so that a reservation that is being spent counts once. What became known in the very millisecond of
 * the figure counts: it may hold that money still.
 */
export async function promisedSince(tx: Tx, mchid: string, asOfMs: number): Promise<Promised> {
  const { rows } = await sql<{ taken: string; topped_up: string }>`
    SELECT (SELECT coalesce(sum(amount_fen), 0) FROM fund_reservation
        WHERE hospital_id = ${tx.hospitalId} AND mchid = ${mchid} AND state = 'held'
          AND (locked_at_ms IS NULL OR locked_at_ms >= ${asOfMs}))
      + (SELECT coalesce(sum(amount_fen), 0) FROM fund_reservation
        WHERE hospital_id = ${tx.hospitalId} AND mchid = ${mchid} AND state = 'spent' AND ended_at_ms >= ${asOfMs}
          AND (locked_at_ms IS NULL OR locked_at_ms >= ${asOfMs})) AS taken,
      (SELECT coalesce(sum(amount_fen), 0) FROM fund_top_up
        WHERE hospital_id = ${tx.hospitalId} AND mchid = ${mchid} AND at_ms > ${asOfMs}) AS topped_up`.execute(
    tx.sql,
  )
  const [{ taken, topped_up } = { taken: '0', topped_up: '0' }] = rows
  return { takenFen: fen(Number(taken)), toppedUpFen: fen(Number(topped_up)) }
}
