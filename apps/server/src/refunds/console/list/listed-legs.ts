import type { Tx } from '../../../platform/database/tx.ts'
import type { RefundsTables } from '../../tables.ts'

/** Legs with the way of their cases, as lists show them. */
export function listedLegs(tx: Tx) {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg as l')
    .innerJoin('refund_case as c', (join) =>
      join.onRef('c.hospital_id', '=', 'l.hospital_id').onRef('c.id', '=', 'l.case_id'),
    )
    .selectAll('l')
    .select('c.way')
    .where('l.hospital_id', '=', tx.hospitalId)
}
