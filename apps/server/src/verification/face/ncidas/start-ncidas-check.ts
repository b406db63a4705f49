import { AppError } from '../../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../../platform/sessions/session.ts'
import type { FaceRoom } from '../face-check.ts'
import { changeFaceCheck } from '../face-check-rows.ts'
import { askOrderPerson, type PlatformOrder } from '../order/ask-order-person.ts'
import { storeIntent } from '../store-intent.ts'
import type { NcidasParameters, PhoneSystem } from './national-identity.ts'

export interface StartedNcidasCheck {
  readonly id: string
  /** For `wx.ncidas`. */
  readonly parameters: NcidasParameters
}

const NOT_OFFERED = '这家医院没有开通国家网络身份认证，请换一种验证方式。'
const NOT_STARTED = '国家网络身份认证暂时不可用，请换一种验证方式。'

/** The platform branched to our page of the national network identity with an order about a person. */
export async function startNcidasCheck(
  room: FaceRoom,
  session: Session,
  { phone, ...order }: PlatformOrder & { readonly phone: PhoneSystem },
): Promise<StartedNcidasCheck> {
  const adapter = room.nationalIdentity(hospitalOf(room, session))
  if (!adapter) throw new AppError('face-check-refused', { zh: NOT_OFFERED })
  const person = await askOrderPerson(room, session, order)
  const row = await storeIntent(room, session, {
    ...{ purpose: 'platform-order', method: 'ncidas', person },
    order: { orderId: order.orderId, verifyType: order.verifyType },
  })
  const parameters = await adapter.start(person, phone).catch(() => undefined)
  await room.database.inTransaction(session.hospitalId, (tx) =>
    changeFaceCheck(
      tx,
      row,
      parameters
        ? {
            state: 'started',
            parameters: room.cipher.seal(JSON.stringify(parameters), 'face_check.parameters'),
          }
        : { state: 'unstarted' },
    ),
  )
  if (!parameters) {
    room.log.warn({ check: row.id }, 'national network identity did not start')
    throw new AppError('face-check-refused', { zh: NOT_STARTED })
  }
  return { id: row.id, parameters }
}
