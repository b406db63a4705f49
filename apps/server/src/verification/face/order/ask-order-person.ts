import { sensitive } from '@zhangyi/core'
import { HealthCardError } from '@zhangyi/health-card'
import { z } from 'zod'
import { auditUser } from '../../../platform/audit/audit-user.ts'
import { healthCardOf } from '../../../platform/clients/health-card-of.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { Session } from '../../../platform/sessions/session.ts'
import type { FaceRoom } from '../face-check.ts'
import type { FacePerson } from '../face-person.ts'
import { requirePlatformAddress } from './require-platform-address.ts'

/** What the platform puts into the address of our page. */
export const platformOrderSchema = z.strictObject({
  orderId: z.string().min(1).max(256),
  verifyType: z.number().int().min(0).max(999),
  redirectUrl: z.string().max(2_048),
})
export type PlatformOrder = z.infer<typeof platformOrderSchema>

const RESIDENT_ID = '01'

/**
 * Asks the platform whose face its order is about (getOrderInfoByOrderId): the client never names the person. An order
 * about another document than a resident ID card is refused, and recorded.
 */
export async function askOrderPerson(
  room: FaceRoom,
  session: Session,
  { orderId, verifyType, redirectUrl }: PlatformOrder,
): Promise<FacePerson> {
  await requirePlatformAddress(room, session, redirectUrl)
  const { client, context } = healthCardOf(room, session)
  const { name, idCard, cardType } = await client
    .getOrderInfoByOrderId({ orderId, verifyType }, context)
    .catch((error: unknown) => {
      if (!(error instanceof HealthCardError)) throw error
      throw new AppError(error.kind === 'platform' ? 'face-check-refused' : 'card-platform-unavailable', {
        cause: error,
      })
    })
  if (cardType === RESIDENT_ID) return { name: sensitive(name), idNumber: sensitive(idCard) }
  await room.database.inTransaction(session.hospitalId, (tx) =>
    auditUser(tx, room.clock, session.userId, {
      ...{ action: 'verification.face-refused', subject: 'platform-order' },
      detail: { why: 'no-resident-id', cardType },
    }),
  )
  throw new AppError('face-check-refused', {
    zh: '这种证件不能做人脸核验，请换一种验证方式，或到医院窗口办理。',
  })
}
