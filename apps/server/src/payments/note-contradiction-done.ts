import type { Clock } from '@zhangyi/core'
import type { Tx } from '../platform/database/tx.ts'
import type { PaymentsTables } from './tables.ts'

export interface SeenContradiction {
  readonly payoutId: string
  /** All of it, as whoever dealt with it saw it. */
  readonly contradiction: string
}

/**
 * A person dealt with what WeChat said against the end of a transfer or refund; nothing else about it changes. False:
 * WeChat has said something else by now, somebody was faster, or it has no end yet.
 */
export async function noteContradictionDone(
  tx: Tx,
  clock: Clock,
  { payoutId, contradiction }: SeenContradiction,
): Promise<boolean> {
  for (const table of ['transfer_order', 'refund_order'] as const) {
    const marked = await tx.sql
      .withTables<PaymentsTables>()
      .updateTable(table)
      .set({ problem_done_at_ms: clock.nowMs() })
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', payoutId)
      .where('state', 'in', ['done', 'closed'])
      .where('contradiction', '=', contradiction)
      .where('problem_done_at_ms', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (marked) return true
  }
  return false
}
