import type { Tx } from '../../platform/database/tx.ts'
import type { LegRow, RefundsTables } from '../tables.ts'

/** Turned away anew, so that there is something to tell again; one that somebody else took further meanwhile is not. */
export async function forgetTold(tx: Tx, { id }: Pick<LegRow, 'id'>): Promise<void> {
  await tx.sql
    .withTables<RefundsTables>()
    .updateTable('refund_leg')
    .set({ told_funded_at_ms: null })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', 'no-funds')
    .where('told_funded_at_ms', 'is not', null)
    .execute()
}
