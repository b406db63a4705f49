import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsTables } from '../tables.ts'

export interface TopUp {
  readonly id: string
  readonly amountFen: number
  readonly atMs: number
  /** As it went to the audit: `operator:…`. */
  readonly notedBy: string
}

/** What was noted as paid into a merchant's 运营账户, the newest first. */
export async function listTopUps(tx: Tx, mchid: string, limit: number): Promise<readonly TopUp[]> {
  const rows = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('fund_top_up')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('mchid', '=', mchid)
    .orderBy('at_ms', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, amount_fen, at_ms, noted_by }) => ({
    ...{ id, amountFen: amount_fen, atMs: at_ms, notedBy: noted_by },
  }))
}
