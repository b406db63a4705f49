import { withOwnPatient } from '../../patients/index.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { requireOpen } from '../limits/require-open.ts'
import type { OriginalOrders } from '../refund-views.ts'
import type { RefundsRoom } from '../room.ts'
import { findEligible } from './find-eligible.ts'

/** The recharges of one of the user's own patients that can go back the way they came. */
export async function listOriginalOrders(
  room: RefundsRoom,
  session: Session,
  patientId: string,
): Promise<OriginalOrders> {
  const { patid } = await withOwnPatient(room, session, patientId, async (_tx, patient) => patient)
  await requireOpen(room, session.hospitalId, 'original')
  const { balance, orders, otherCount } = await findEligible(room, session.hospitalId, patid)
  return {
    balance: { totalFen: balance.total, refundableFen: balance.refundable },
    reason: balance.reason ?? null,
    orders: orders.map(({ orderId, rechargeId: _, ...shown }) => ({ id: orderId, ...shown })),
    otherCount,
  }
}
