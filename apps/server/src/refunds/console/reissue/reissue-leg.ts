import { fen, type HospitalId } from '@zhangyi/core'
import {
  findTransfer,
  type OrderedTransfer,
  probeFunds,
  reissueTransfer,
  resendTransfer,
  reserveFunds,
  retryRefund,
  sendOrdered,
  settleRefundNow,
  settleTransfer,
} from '../../../payments/index.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../../platform/hospitals/hospital-of.ts'
import { NOT_ENOUGH } from '../../cases/leg-words.ts'
import { changeLeg } from '../../legs/change-leg.ts'
import { caseOf, findLeg, lockLeg } from '../../legs/find-leg.ts'
import { tellPatient } from '../../notify/tell-patient.ts'
import type { RefundsRoom } from '../../room.ts'
import type { LegRow, ReissueRow } from '../../tables.ts'
import {
  auditReissue,
  decideRequest,
  findRequest,
  type Reissue,
  storeDone,
  storeRequest,
} from './reissue-requests.ts'

/** `waiting`: above the amount that wants a second person; it is carried out when that one agrees. */
export type Reissued = { readonly state: 'reissued' | 'waiting'; readonly leg: LegRow }

const NOT_ONE_SIDED = '这笔退款不是单边订单，不能生成新订单号。请先看它最新的状态。'

/**
 * 生成新订单号退款: only of a one-sided leg, after WeChat was asked once more in this very request; old and new number are
 * linked, and the patient hears how to confirm. Throws `refund-refused`.
 */
export async function reissueLeg(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, reason }: Reissue,
): Promise<Reissued> {
  const leg = await freshLeg(room, hospitalId, legId)
  const { secondPersonFromFen } = hospitalOf(room, { hospitalId }).refunds
  const needsSecond = leg.amount_fen >= secondPersonFromFen
  await room.database.inTransaction(hospitalId, async (tx) => {
    await requireOneSided(tx, legId)
    if (needsSecond) await storeRequest(tx, room, { legId, by, reason })
  })
  if (needsSecond) return { state: 'waiting', leg }
  return carryOut(room, hospitalId, { legId, by, reason }, undefined)
}

/** The second person agrees, or does not. Never the one who asked. */
export async function decideReissue(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, agrees }: { readonly legId: string; readonly by: string; readonly agrees: boolean },
): Promise<Reissued | undefined> {
  const request = await room.database.inTransaction(hospitalId, (tx) => findRequest(tx, legId))
  if (!request) throw new AppError('refund-refused', { zh: '没有等待复核的申请。' })
  if (request.asked_by === by)
    throw new AppError('refund-refused', { zh: '复核的人不能是申请的人，请另一位同事复核。' })
  if (agrees) await freshLeg(room, hospitalId, legId)
  else {
    await room.database.inTransaction(hospitalId, (tx) =>
      decideRequest(tx, room, { request, by, state: 'refused' }),
    )
    return undefined
  }
  return carryOut(room, hospitalId, { legId, by: request.asked_by, reason: request.reason }, { request, by })
}

/** Asked of WeChat now: what it says changes the leg, if it says anything else than it did. */
async function freshLeg(room: RefundsRoom, hospitalId: HospitalId, legId: string): Promise<LegRow> {
  const before = await room.database.inTransaction(hospitalId, (tx) => findLeg(tx, legId))
  if (before?.state !== 'one-sided') throw new AppError('refund-refused', { zh: NOT_ONE_SIDED })
  if (before.payout_id !== null) {
    if (before.route === 'transfer') await settleTransfer(room, hospitalId, before.payout_id)
    else await settleRefundNow(room, hospitalId, before.payout_id)
  }
  return room.database.inTransaction(hospitalId, (tx) => requireOneSided(tx, legId))
}

async function requireOneSided(tx: Tx, legId: string): Promise<LegRow> {
  const leg = await lockLeg(tx, legId)
  if (leg.state !== 'one-sided' || leg.payout_id === null)
    throw new AppError('refund-refused', { zh: NOT_ONE_SIDED })
  return leg
}

async function carryOut(
  room: RefundsRoom,
  hospitalId: HospitalId,
  wanted: Reissue,
  second: { readonly request: ReissueRow; readonly by: string } | undefined,
): Promise<Reissued> {
  await probeFunds(room, hospitalId)
  const { leg, ordered } = await room.database.inTransaction(hospitalId, async (tx) => {
    const held = await requireOneSided(tx, wanted.legId)
    const nowMs = room.clock.nowMs()
    const next = await orderAgain(tx, room, held)
    const after = await changeLeg(tx, held, {
      ...{ happening: 'reissued', nowMs, actor: `operator:${wanted.by}` },
      set: { fail: null, one_sided_at_ms: null, task_at_ms: null, reminded: 0 },
    })
    if (!after) throw new AppError('refund-refused', { zh: NOT_ONE_SIDED })
    if (second) await decideRequest(tx, room, { ...second, state: 'done' })
    else await storeDone(tx, room, wanted)
    await tellPatient(tx, room, {
      ...{ of: await caseOf(tx, after), leg: after, kind: 'reissued', occasion: `${after.steps}` },
    })
    await auditReissue(tx, room, wanted.by, 'refunds.reissued', wanted.legId)
    return { leg: after, ordered: next }
  })
  if (ordered) await sendOrdered(room, hospitalId, ordered)
  return { state: 'reissued', leg }
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
