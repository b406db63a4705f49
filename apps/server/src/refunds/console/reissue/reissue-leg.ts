import { fen, type HospitalId } from '@zhangyi/core'
import { explainFailReason } from '@zhangyi/wechat-pay'
import {
  findTransfer,
  type OrderedTransfer,
  probeFunds,
  reissueTransfer,
  resendTransfer,
  reserveFunds,
  retryRefund,
  sendOrdered,
} from '../../../payments/index.ts'
import type { Locked, Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../../platform/hospitals/hospital-of.ts'
import { isSameOperator } from '../../../platform/operators/same-operator.ts'
import { lockUser } from '../../../platform/sessions/lock-user.ts'
import { NOT_ENOUGH } from '../../cases/leg-words.ts'
import { isWrongPayee } from '../../face/wrong-payee.ts'
import { changeHeldLeg } from '../../legs/change-leg.ts'
import { caseOf, requireLeg } from '../../legs/find-leg.ts'
import { type FullCap, findFullCap } from '../../limits/find-full-cap.ts'
import { tellPatient } from '../../notify/tell-patient.ts'
import type { RefundsRoom } from '../../room.ts'
import type { LegRow, ReissueRow } from '../../tables.ts'
import { auditAct } from '../audit-act.ts'
import { lockOneSided, requireUnpaid } from '../fresh-query.ts'
import { requireNotAtWindow } from '../window/window-payments.ts'
import { decideRequest, findRequest, type Reissue, storeDone, storeRequest } from './reissue-requests.ts'

/** `waiting`: above the amount that wants a second person; it is carried out when that one agrees. */
export type Reissued = { readonly state: 'reissued' | 'waiting'; readonly leg: LegRow }

const NOT_THE_PATIENT =
  '这个微信不是患者本人实名的微信，不能再向它付款。请退回余额；医院系统不能退回的，在窗口付给患者，办理“窗口付讫”。'
const NEVER_PAID =
  '这笔钱没有发出过付款，没有单号可以重发。请退回余额；医院系统不能退回的，在窗口付给患者，办理“窗口付讫”。'
const FULL: Readonly<Record<FullCap, string>> = {
  hospital: '今天的退款总额已到上限，请明天再重新发起。上限在医院配置 refunds.caps。',
  patient: '这位患者今天退款的金额已到上限，请明天再重新发起。上限在医院配置 refunds.caps。',
  openid: '这个微信今天退款的金额已到上限，请明天再重新发起。上限在医院配置 refunds.caps。',
}
const TOO_LATE = '别人刚刚处理过这笔退款，请刷新。'

/**
 * 生成新订单号退款: only of a one-sided leg, after WeChat was asked once more in this very request; old and new number are
 * linked, and the patient hears how to confirm. Throws `refund-refused`.
 */
export async function reissueLeg(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, reason }: Reissue,
): Promise<Reissued> {
  const leg = await requireUnpaid(room, hospitalId, legId)
  const { secondPersonFromFen } = hospitalOf(room, { hospitalId }).refunds
  const needsSecond = leg.amount_fen >= secondPersonFromFen
  await room.database.inTransaction(hospitalId, async (tx) => {
    await lockReissuable(tx, legId)
    if (needsSecond) await storeRequest(tx, room, { legId, by, reason })
  })
  if (needsSecond) return { state: 'waiting', leg }
  return carryOut(room, hospitalId, { legId, by, reason }, undefined)
}

interface Decision {
  readonly legId: string
  readonly by: string
  readonly agrees: boolean
  readonly why: string
}

/** The second person agrees, or does not. Never the one who asked. */
export async function decideReissue(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, agrees, why }: Decision,
): Promise<Reissued | undefined> {
  const request = await room.database.inTransaction(hospitalId, async (tx) => {
    await requireLeg(tx, legId)
    return findRequest(tx, legId)
  })
  if (!request) throw new AppError('refund-refused', { zh: '没有等待复核的申请。' })
  if (isSameOperator(request.asked_by, by))
    throw new AppError('refund-refused', { zh: '复核的人不能是申请的人，请另一位同事复核。' })
  if (agrees) await requireUnpaid(room, hospitalId, legId)
  else {
    await room.database.inTransaction(hospitalId, (tx) =>
      decideRequest(tx, room, { request, by, why, state: 'refused' }),
    )
    return undefined
  }
  return carryOut(
    room,
    hospitalId,
    { legId, by: request.asked_by, reason: request.reason },
    { request, by, why },
  )
}

/** NAME_NOT_CORRECT: this WeChat is not the patient's, and gets no second bill. */
async function lockReissuable(tx: Tx, legId: string): Promise<Locked<LegRow>> {
  const leg = await lockOneSided(tx, legId)
  await requireNotAtWindow(tx, legId)
  const isWrong =
    explainFailReason(leg.fail ?? undefined).duty === 'counter' ||
    (await isWrongPayee(tx, await caseOf(tx, leg)))
  if (leg.payout_id === null) throw new AppError('refund-refused', { zh: NEVER_PAID })
  if (leg.route === 'transfer' && isWrong) throw new AppError('refund-refused', { zh: NOT_THE_PATIENT })
  return leg
}

async function carryOut(
  room: RefundsRoom,
  hospitalId: HospitalId,
  wanted: Reissue,
  second: { readonly request: ReissueRow; readonly by: string; readonly why: string } | undefined,
): Promise<Reissued> {
  await probeFunds(room, hospitalId)
  const { leg, ordered } = await room.database.inTransaction(hospitalId, async (tx) => {
    await requireCapsOfToday(tx, room, wanted.legId)
    const held = await lockReissuable(tx, wanted.legId)
    const nowMs = room.clock.nowMs()
    const next = await orderAgain(tx, room, held)
    const after = changeHeldLeg(tx, held, {
      ...{ happening: 'reissued', nowMs, actor: `operator:${wanted.by}` },
      set: { fail: null, one_sided_at_ms: null, task_at_ms: null, reminded: 0, counted_at_ms: nowMs },
    })
    if (!after) throw new AppError('refund-refused', { zh: TOO_LATE })
    if (second) await decideRequest(tx, room, { ...second, state: 'done' })
    else await storeDone(tx, room, wanted)
    await tellPatient(tx, room, {
      ...{ of: await caseOf(tx, after), leg: after, kind: 'reissued', occasion: `${after.steps}` },
    })
    auditAct(tx, room, { by: wanted.by, action: 'refunds.reissued', legId: wanted.legId })
    return { leg: after, ordered: next }
  })
  if (ordered) await sendOrdered(room, hospitalId, ordered)
  return { state: 'reissued', leg }
}

/** Like an application: what goes out on this day counts on it, whoever sends it. */
async function requireCapsOfToday(tx: Tx, room: RefundsRoom, legId: string): Promise<void> {
  const leg = await requireLeg(tx, legId)
  const { user_id: userId, openid, patid } = await caseOf(tx, leg)
  await lockUser(tx, userId)
  const full = await findFullCap(tx, room, {
    ...{ userId, openid, patid, amountFen: leg.amount_fen, legIds: [legId] },
  })
  if (full) throw new AppError('refund-refused', { zh: FULL[full] })
}

/** Another number, linked to the last; or the same one where by query nothing ever existed under it. */
async function orderAgain(tx: Tx, room: RefundsRoom, leg: LegRow): Promise<OrderedTransfer | undefined> {
  const payoutId = leg.payout_id ?? ''
  if (leg.route === 'original') return void (await retryRefund(tx, room, payoutId))
  const subject = { purpose: 'deposits', subject: leg.id, amountFen: fen(leg.amount_fen) } as const
  if ((await reserveFunds(tx, room, subject)) !== 'reserved')
    throw new AppError('refund-refused', { zh: NOT_ENOUGH })
  const transfer = await findTransfer(tx, payoutId)
  return transfer?.state === 'not-paid'
    ? reissueTransfer(tx, room, payoutId)
    : resendTransfer(tx, room, payoutId)
}
