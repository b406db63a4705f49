import type { Session } from '../../../platform/sessions/session.ts'
import type { FaceRoom } from '../face-check.ts'
import { openFaceCheck, type StartedFaceCheck } from '../open-face-check.ts'
import { askOrderPerson, type PlatformOrder } from './ask-order-person.ts'

/** The platform branched to our face page with an order: a face check of the person whom it names. */
export async function startOrderCheck(
  room: FaceRoom,
  session: Session,
  order: PlatformOrder,
): Promise<StartedFaceCheck> {
  const person = await askOrderPerson(room, session, order)
  const { orderId, verifyType } = order
  return openFaceCheck(room, session, { purpose: 'platform-order', person, order: { orderId, verifyType } })
}
