import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { RefundedWay } from './tables.ts'

export interface RefundedBalance {
  /** Of the leg, or of the application on paper: each counts once. */
  readonly legId: string
  readonly patid: string
  readonly amountFen: number
  readonly way: RefundedWay
  readonly atMs: number
}

/**
 * Notes in the ledger that a leg or an application is paid, in the transaction in which it becomes so. The HIS may have taken the amount
 * off before (in one step, or because it was asked in between): then it had gone elsewhere, and comes back from there.
 */
export function noteRefunded(tx: Tx, { legId, patid, amountFen, way, atMs }: RefundedBalance): void {
  tx.later(sql`
    WITH noted AS (
      INSERT INTO balance_refund (hospital_id, leg_id, patid, amount_fen, way, at_ms)
      VALUES (${tx.hospitalId}, ${legId}, ${patid}, ${amountFen}, ${way}, ${atMs})
      ON CONFLICT DO NOTHING RETURNING patid, amount_fen
    )
    UPDATE balance_record AS record SET
      refunded_fen = record.refunded_fen + amount_fen,
      balance_fen = greatest(0, balance_fen - amount_fen),
      elsewhere_fen = greatest(0, elsewhere_fen - greatest(0, amount_fen - balance_fen)),
      cleared_at_ms = CASE WHEN balance_fen <= amount_fen THEN coalesce(cleared_at_ms, ${atMs}) END,
      refunded_at_ms = greatest(refunded_at_ms, ${atMs}),
      refunded_ways = ${withElement(sql`record.refunded_ways`, way)},
      updated_at_ms = ${atMs}
    FROM noted WHERE record.hospital_id = ${tx.hospitalId} AND record.patid = noted.patid`)
}

export interface ToldBalance {
  readonly patid: string
  /** By which channel, as the notices room names it. */
  readonly how: string
  readonly atMs: number
}

/** Notes in the ledger that the patient was told of the balance, in the transaction in which that becomes known. */
export function noteTold(tx: Tx, { patid, how, atMs }: ToldBalance): void {
  tx.later(sql`
    UPDATE balance_record SET
      first_told_at_ms = least(first_told_at_ms, ${atMs}),
      told_how = CASE WHEN told_at_ms > ${atMs} THEN told_how ELSE ${how} END,
      told_at_ms = greatest(told_at_ms, ${atMs})
    WHERE hospital_id = ${tx.hospitalId} AND patid = ${patid}`)
}

function withElement(list: RawBuilder<unknown>, element: string): RawBuilder<unknown> {
  return sql`CASE WHEN ${element} = ANY (${list}) THEN ${list} ELSE ${list} || ARRAY[${element}::text] END`
}
