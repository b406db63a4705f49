import type { Tx } from '../../platform/database/tx.ts'
import type { OrderRow, VisitsTables } from '../order-row.ts'

export function findVisit(tx: Tx, id: string): Promise<OrderRow | undefined> {
  return tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .executeTakeFirst()
}
