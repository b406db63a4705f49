import type { Tx } from '../../platform/database/tx.ts'
import type { LegRow, RefundsTables } from '../tables.ts'

type Timers = Partial<Pick<LegRow, 'reminded' | 'task_at_ms' | 'told_funded_at_ms' | 'next_action_at_ms'>>

/** What time does to a leg without changing its state. The caller holds the row. */
export function setTimer(
  tx: Tx,
  { id, state }: Pick<LegRow, 'id' | 'state'>,
  timers: Timers,
): Promise<LegRow> {
  return tx.sql
    .withTables<RefundsTables>()
    .updateTable('refund_leg')
    .set(timers)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirstOrThrow()
}
