import type { Outcome } from '@zhangyi/core'
import type { UniformVerifyOrder } from '@zhangyi/health-card'
import { healthCardOf } from '../../platform/clients/health-card-of.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { purposeFacts } from '../purposes.ts'
import type { VerificationRoom } from '../room.ts'
import type { StartVerification, VerificationView } from '../verification-view.ts'
import { openOrder } from './open-order.ts'
import { orderRedirects } from './redirects.ts'
import { showOrder, viewOrder } from './show-order.ts'
import { takeOrderAnswer } from './take-order-answer.ts'
import { type OwnOrder, withOwnOrder } from './with-own-order.ts'

/**
 * 实人验证 of one of the session user's patients for one purpose: stores the intent, asks the platform for its page
 * (registerUniformVerifyOrder). Turning to a patient ends what was granted for the others. A patient without a resident
 * ID card is never submitted, a user whose tries of the day are used up neither: both get their ways on.
 */
export async function startVerification(
  room: VerificationRoom,
  session: Session,
  input: StartVerification,
): Promise<VerificationView> {
  const opened = await openOrder(room, session, input)
  const { id, state } = opened.order
  if (state !== 'starting') return viewOrder(room, session, id)
  const outcome = await ask(room, session, opened, input.wechatCode)
  return withOwnOrder(room, session, id, async (tx, own) => {
    // The page may have looked meanwhile and taken it for lost; what the platform said still counts.
    if (own.order.state !== 'starting') return showOrder(room, session, tx, own)
    const after = await takeOrderAnswer(room, session, tx, own.order, outcome)
    return showOrder(room, session, tx, { order: after, patient: own.patient })
  })
}

function ask(
  room: VerificationRoom,
  session: Session,
  { order, patient }: OwnOrder,
  wechatCode: string,
): Promise<Outcome<UniformVerifyOrder>> {
  const hospital = hospitalOf(room, session)
  const { client, context } = healthCardOf(room, session)
  return client.registerUniformVerifyOrder(
    {
      cardType: '01',
      idCard: room.cipher.open(patient.id_number, 'patient.id_number').reveal(),
      name: room.cipher.open(patient.name, 'patient.name').reveal(),
      wechatCode,
      ...(patient.health_card_id && { ecardNo: patient.health_card_id }),
      scene: purposeFacts(hospital, order.purpose).scene,
      useCardType: hospital.verification.useCardType,
      ...orderRedirects(hospital, session.channel, room.publicOrigin, order.id),
    },
    context,
  )
}
