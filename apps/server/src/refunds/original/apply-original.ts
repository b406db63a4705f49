import { addFen, type Fen, fen, newId, type Sensitive, sensitive } from '@zhangyi/core'
import { type PatientRow, withOwnPatient } from '../../patients/index.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { applyOnce } from '../cases/apply-once.ts'
import type { NewLeg } from '../cases/create-case.ts'
import { requireOpen } from '../limits/require-open.ts'
import type { CaseView } from '../refund-views.ts'
import { hisRefunds, type RefundsRoom } from '../room.ts'
import { type EligibleRecharges, findEligible } from './find-eligible.ts'

export interface OriginalApplication {
  readonly patientId: string
  readonly orders: readonly { readonly orderId: string; readonly amountFen: number }[]
  readonly requestKey: string
}

/**
 * 预交金退费: recharges go back the way they came, each with a sum of its own. Nobody is verified: the money returns to
 * whoever paid. The same `requestKey` is the same case. Throws `refund-refused`, `refund-closed`, `his-unavailable`.
 */
export function applyOriginal(
  room: RefundsRoom,
  session: Session,
  wanted: OriginalApplication,
): Promise<CaseView> {
  const { requestKey } = wanted
  return applyOnce(room, session, requestKey, async () => {
    const patient = await withOwnPatient(room, session, wanted.patientId, async (_tx, row) => row)
    await requireOpen(room, session.hospitalId, 'original')
    const his = hisRefunds(room, hospitalOf(room, session))
    if (!his) throw new AppError('refund-closed')
    const found = await findEligible(room, session.hospitalId, patient.patid)
    return {
      ...{ id: newId('case'), way: 'original', patid: patient.patid, requestKey, personIndex: undefined },
      ...{ person: personOf(room, patient), balanceFen: found.balance.total, hisMode: his.mode },
      idNumber: room.cipher.open(patient.id_number, 'patient.id_number'),
      legs: legsOf(wanted, found),
    }
  })
}

function legsOf({ orders }: OriginalApplication, found: EligibleRecharges): readonly NewLeg[] {
  if (new Set(orders.map(({ orderId }) => orderId)).size !== orders.length)
    throw new AppError('refund-refused', { zh: '同一笔充值只能选一次，请重新选择。' })
  const legs = orders.map(({ orderId, amountFen }) => {
    const order = found.orders.find((one) => one.orderId === orderId)
    if (!order || amountFen < 1 || amountFen > order.refundableFen)
      throw new AppError('refund-refused', { zh: '可退的金额有变动，请重新查询之后再申请。' })
    return { amountFen: fen(amountFen), recharge: { orderId, rechargeId: order.rechargeId } }
  })
  const total: Fen = addFen(...legs.map(({ amountFen }) => amountFen))
  if (total > found.balance.refundable)
    throw new AppError('refund-refused', {
      zh: found.balance.reason ?? '选择的金额超过了门诊可退余额，请重新选择。',
    })
  return legs
}

function personOf({ cipher }: RefundsRoom, { name, visit_card }: PatientRow) {
  const cardNumber: Sensitive | undefined =
    visit_card === null ? undefined : sensitive(cipher.open(visit_card, 'patient.visit_card').reveal())
  return { name: cipher.open(name, 'patient.name'), cardNumber }
}
