import { type Fen, fen, newId, sensitive } from '@zhangyi/core'
import { probeFunds } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { consumeGrant, facePersonIndex, faceSubject, passedFaceCheck } from '../../verification/index.ts'
import { applyOnce } from '../cases/apply-once.ts'
import { type NewLeg, UNDER_WAY } from '../cases/create-case.ts'
import { requireOpen } from '../limits/require-open.ts'
import { findEligible } from '../original/find-eligible.ts'
import type { CaseView } from '../refund-views.ts'
import { hisRefunds, type RefundsRoom } from '../room.ts'
import type { RefundsTables } from '../tables.ts'
import { chooseArchive } from './archive-choice.ts'
import { findOwnArchives, type OwnArchive } from './find-archives.ts'
import { archiveKey } from './show-archives.ts'
import { lackingFen, splitAmount } from './split-amount.ts'
import { isWrongPayee, WRONG_PAYEE } from './wrong-payee.ts'

export interface FaceApplication {
  readonly checkId: string
  readonly archiveKey: string
  /** Null: all that can be refunded. */
  readonly amountFen: number | null
  readonly requestKey: string
}

const SPENT = '这次人脸核验已经用过或已过期，请重新核验。'
const CHANGED = '您的档案或余额有变动，请重新查询之后再申请。'
const OTHER_APP = '请在本院微信小程序里申请，退款要在小程序里确认收款。'

/**
 * 人脸核验退款: the whole refundable balance of the one archive of the verified person, to the WeChat that applies. The
 * check is spent by the case; the same `requestKey` is the same case. Throws `refund-refused`, `refund-closed`,
 * `verification-required`, `his-unavailable`.
 */
export function applyFace(room: RefundsRoom, session: Session, wanted: FaceApplication): Promise<CaseView> {
  const { hospitalId } = session
  return applyOnce(room, session, wanted.requestKey, async () => {
    await requireOpen(room, hospitalId, 'face')
    requireConfirmingApp(room, session)
    const { person, grantId } = await passedFaceCheck(room, session, wanted.checkId, 'refund')
    const hospital = hospitalOf(room, session)
    const his = hisRefunds(room, hospital)
    if (!his) throw new AppError('refund-closed')
    const choice = chooseArchive(await findOwnArchives(room, hospitalId, person), hospital.refunds.face)
    if (
      choice.kind !== 'one' ||
      archiveKey(room.cipher, wanted.checkId, choice.own.archive.patid) !== wanted.archiveKey
    )
      throw new AppError('refund-refused', { zh: CHANGED })
    const { archive, balance } = choice.own
    const amountFen = amountOf(wanted, choice.own, hospital)
    const legs = await legsOf(room, session, { amountFen, patid: archive.patid, hospital })
    await probeFunds(room, hospitalId)
    const id = newId('case')
    const personIndex = facePersonIndex(room.cipher, person)
    const cardNumber = archive.visitCardNumber
    return {
      ...{ id, way: 'face', patid: archive.patid, personIndex, requestKey: wanted.requestKey },
      idNumber: person.idNumber,
      person: {
        // As it was verified: WeChat holds the payee against it, letter by letter, and the HIS may spell it otherwise.
        name: person.name,
        cardNumber: cardNumber === undefined ? undefined : sensitive(cardNumber),
      },
      ...{ balanceFen: balance.total, hisMode: his.mode, legs },
      check: async (tx) => {
        await refuseSecond(tx, archive.patid)
        if (await isWrongPayee(tx, { openid: session.openid, person_index: personIndex }))
          throw new AppError('refund-refused', { zh: WRONG_PAYEE })
        const spent = await consumeGrant(tx, grantId, {
          ...{ userId: session.userId, subject: faceSubject(room.cipher, person), purpose: 'refund' },
          ...{ caseId: id, nowMs: room.clock.nowMs() },
        })
        if (!spent) throw new AppError('verification-required', { zh: SPENT })
      },
    }
  })
}

/**
 * The bill is made for the openid of the app that confirms it: one that the merchant is not bound to could never. In
 * development the simulator's page confirms for every app.
 */
function requireConfirmingApp(room: RefundsRoom, session: Session): void {
  const { wechat, wechatPay } = hospitalOf(room, session)
  const appid = wechatPay?.transfer?.appid ?? wechat.miniProgram?.appid
  if (room.settings.mode === 'production' && session.appid !== appid)
    throw new AppError('refund-refused', { zh: OTHER_APP })
}

function amountOf({ amountFen }: FaceApplication, { balance }: OwnArchive, hospital: Hospital): Fen {
  if (amountFen === null || amountFen === balance.refundable) return balance.refundable
  if (!hospital.refunds.face.partial || amountFen < 1 || amountFen > balance.refundable)
    throw new AppError('refund-refused', { zh: CHANGED })
  return fen(amountFen)
}

/** By transfer; where the hospital splits, what can go back the way it came goes so, newest recharge first. */
async function legsOf(
  room: RefundsRoom,
  session: Session,
  { amountFen, patid, hospital }: { amountFen: Fen; patid: string; hospital: Hospital },
): Promise<readonly NewLeg[]> {
  const { face } = hospital.refunds
  const back = face.splitOriginal ? await originalLegs(room, session, { amountFen, patid }) : []
  const original = without(back, lackingFen(leftOf(amountFen, back), face))
  const left = leftOf(amountFen, original)
  if (left === 0) return original
  const { limitFen } = hospital.wechatPay?.transfer ?? { limitFen: 0 }
  const parts = splitAmount(left, { ...face, limitFen })
  if ('refused' in parts) throw new AppError('refund-refused', { zh: parts.refused })
  return [...original, ...parts.map((part) => ({ amountFen: part }))]
}

function leftOf(amountFen: Fen, legs: readonly NewLeg[]): Fen {
  return fen(amountFen - legs.reduce((sum, leg) => sum + leg.amountFen, 0))
}

/** The same with so much less, from the last on; nothing is left of a leg that is no more than that. */
function without(legs: readonly NewLeg[], lessFen: Fen): readonly NewLeg[] {
  let less: number = lessFen
  return legs
    .toReversed()
    .flatMap((leg) => {
      const taken = Math.min(less, leg.amountFen)
      less -= taken
      return taken === leg.amountFen ? [] : [{ ...leg, amountFen: fen(leg.amountFen - taken) }]
    })
    .toReversed()
}

async function originalLegs(
  room: RefundsRoom,
  { hospitalId }: Session,
  { amountFen, patid }: { amountFen: Fen; patid: string },
): Promise<readonly NewLeg[]> {
  const { orders } = await findEligible(room, hospitalId, patid)
  const legs: NewLeg[] = []
  let left: number = amountFen
  for (const { orderId, rechargeId, refundableFen } of orders) {
    const part = Math.min(left, refundableFen)
    if (part > 0) legs.push({ amountFen: fen(part), recharge: { orderId, rechargeId } })
    left -= part
  }
  return legs
}

async function refuseSecond(tx: Tx, patid: string): Promise<void> {
  const live = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_case')
    .select('id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patid)
    .where('way', '=', 'face')
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (live) throw new AppError('refund-refused', { zh: UNDER_WAY })
}
