import type { Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import { PAYMENTS_WORK, type PaymentsParts } from '../room.ts'
import type { PaymentsTables } from '../tables.ts'

export interface PayoutStop {
  readonly sinceMs: number
  readonly by: string
  readonly reason: string
}

/**
 * 总开关: from the commit on no first sending of a transfer or of a deposit's refund leaves. What was sent before is still
 * asked for, sent again and cancelled. `by` goes to the audit.
 */
export async function stopPayouts(
  tx: Tx,
  { clock }: Pick<PaymentsParts, 'clock'>,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<void> {
  const again = { stopped_by: by, reason }
  await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('payout_stop')
    .values({ hospital_id: tx.hospitalId, since_ms: clock.nowMs(), ...again })
    .onConflict((conflict) => conflict.column('hospital_id').doUpdateSet(again))
    .execute()
  auditPayments(tx, clock, {
    ...{ action: 'payments.payouts-stopped', subject: tx.hospitalId, actor: by, detail: { reason } },
  })
}

/** What waited is sent at once. Why it was stopped and why it goes on stand in the audit. */
export async function resumePayouts(
  tx: Tx,
  { clock, jobs }: Pick<PaymentsParts, 'clock' | 'jobs'>,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<void> {
  const stopped = await tx.sql
    .withTables<PaymentsTables>()
    .deleteFrom('payout_stop')
    .where('hospital_id', '=', tx.hospitalId)
    .returning('reason')
    .executeTakeFirst()
  if (!stopped) return
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('transfer_order')
    .set({ next_action_at_ms: clock.nowMs() })
    .where('hospital_id', '=', tx.hospitalId)
    .where('state', '=', 'under-way')
    .where('sent_at_ms', 'is', null)
    .execute()
  auditPayments(tx, clock, {
    ...{ action: 'payments.payouts-resumed', subject: tx.hospitalId, actor: by },
    detail: { reason, stoppedBecause: stopped.reason },
  })
  await jobs.wake(tx, PAYMENTS_WORK)
}

export async function findPayoutStop(tx: Tx): Promise<PayoutStop | undefined> {
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payout_stop')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .executeTakeFirst()
  return row && { sinceMs: row.since_ms, by: row.stopped_by, reason: row.reason }
}
