import type { Locked, Tx } from '../../platform/database/tx.ts'
import type { LegRow, RefundsTables } from '../tables.ts'

type Timers = Partial<Pick<LegRow, 'reminded' | 'task_at_ms' | 'told_funded_at_ms' | 'next_action_at_ms'>>

/** What time does to a leg without changing its state. */
export function setTimer(tx: Tx, leg: Locked<LegRow>, timers: Timers): Locked<LegRow> {
  tx.later(
    tx.sql
      .withTables<RefundsTables>()
      .updateTable('refund_leg')
      .set(timers)
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', leg.id)
      .where('state', '=', leg.state),
  )
  return { ...leg, ...timers }
}
