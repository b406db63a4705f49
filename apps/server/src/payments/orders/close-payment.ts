import type { Tx } from '../../platform/database/tx.ts'
import { lockOrder } from '../find-payments.ts'
import { PAYMENTS_WORK, type PaymentsParts } from '../room.ts'
import type { PaymentsTables } from '../tables.ts'

/**
 * The wish to close: from now on the order is not opened any more, and the background closes it at WeChat. Whether it
 * was paid before that, only a query tells: then `paid` wins over the wish.
 */
export async function closePayment(tx: Tx, { clock, jobs }: PaymentsParts, orderId: string): Promise<void> {
  const row = await lockOrder(tx, orderId)
  if (row.state !== 'awaiting' || row.close_wished_at_ms !== null) return
  const nowMs = clock.nowMs()
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_order')
    .set({
      ...{ close_wished_at_ms: nowMs, looks: 0 },
      // One that a person has to look at stays with that person.
      next_action_at_ms: row.problem === null ? nowMs : null,
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', orderId)
    .execute()
  await jobs.wake(tx, PAYMENTS_WORK)
}
