import type { z } from 'zod'
import { withOwnPatient } from '../patients/index.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { VisitsTables } from './order-row.ts'
import { viewOrder } from './order-view.ts'
import type { VisitsRoom } from './room.ts'
import type { VisitOrder, visitOrdersSchema } from './visit-views.ts'
import { withOwnOrder } from './with-own-order.ts'

/** What is older is found in the records of the HIS. */
const MAX_ORDERS = 50

export function showOrder(room: VisitsRoom, session: Session, orderId: string): Promise<VisitOrder> {
  return withOwnOrder(room, session, orderId, (tx, order) => viewOrder(tx, room, order))
}

/** The user's own orders for one patient, newest first. Not yet one: an order whose slot the HIS was never heard to keep. */
export function listOrders(
  room: VisitsRoom,
  session: Session,
  patientId: string,
): Promise<z.output<typeof visitOrdersSchema>> {
  return withOwnPatient(room, session, patientId, async (tx, patient) => {
    const rows = await tx.sql
      .withTables<VisitsTables>()
      .selectFrom('visit_order')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .where('user_id', '=', session.userId)
      .where('patient_id', '=', patient.id)
      .where((where) => where.or([where('slot_id', 'is', null), where('lock_id', 'is not', null)]))
      .orderBy('created_at_ms', 'desc')
      .orderBy('id')
      .limit(MAX_ORDERS)
      .execute()
    const orders: VisitOrder[] = []
    for (const row of rows) orders.push(await viewOrder(tx, room, row))
    return { orders }
  })
}
