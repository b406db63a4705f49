import type { Tx } from '../platform/database/tx.ts'
import type { OrderRow, VisitsTables } from './order-row.ts'
import { type Happening, isLive, isResting, stateAfter } from './order-states.ts'

export type OrderChange = Partial<
  Omit<
    OrderRow,
    'hospital_id' | 'id' | 'kind' | 'state' | 'user_id' | 'patient_id' | 'patid' | 'created_at_ms'
  >
>

/**
 * Writes what became known of an order, if nobody was faster: the row must still be in the state in which it was read.
 * Undefined: it is not, or this cannot happen to it; then nothing is written. A resting order gets no next look, any
 * other one is looked at now unless the change says when.
 */
export async function changeOrder(
  tx: Tx,
  { id, state }: Pick<OrderRow, 'id' | 'state'>,
  happening: Happening,
  change: OrderChange & { readonly changed_at_ms: number },
): Promise<OrderRow | undefined> {
  const next = stateAfter(state, happening)
  if (next === undefined) return undefined
  const { next_action_at_ms: wanted = change.changed_at_ms } = change
  const row = await tx.sql
    .withTables<VisitsTables>()
    .updateTable('visit_order')
    .set({
      ...{ tries: 0, last_problem: null },
      ...change,
      ...{ state: next, next_action_at_ms: isResting(next) ? null : wanted },
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirst()
  if (row && !isLive(next)) await dropClaims(tx, id)
  return row
}

/** Nothing became known: when to look again, and why. The state stays, and must not have changed meanwhile. */
export async function lookAgain(
  tx: Tx,
  { id, state }: Pick<OrderRow, 'id' | 'state'>,
  change: { readonly last_problem: string; readonly next_action_at_ms: number },
): Promise<void> {
  await tx.sql
    .withTables<VisitsTables>()
    .updateTable('visit_order')
    .set(change)
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('state', '=', state)
    .execute()
}

/** The order with its row locked. */
export function lockOrder(tx: Tx, id: string): Promise<OrderRow | undefined> {
  return tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

async function dropClaims(tx: Tx, orderId: string): Promise<void> {
  await tx.sql
    .withTables<VisitsTables>()
    .deleteFrom('visit_bill_claim')
    .where('hospital_id', '=', tx.hospitalId)
    .where('order_id', '=', orderId)
    .execute()
}
