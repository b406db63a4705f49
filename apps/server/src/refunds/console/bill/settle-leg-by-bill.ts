import { assertNever, DAY_MS, type HospitalId, shanghaiDay } from '@zhangyi/core'
import {
  findTransfer,
  isForBill,
  queryForBill,
  settleByBill,
  type Transfer,
} from '../../../payments/index.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import { AppError, badInput } from '../../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../../platform/hospitals/hospital-of.ts'
import { isSameOperator } from '../../../platform/operators/same-operator.ts'
import { findLeg, lockLeg, requireLeg } from '../../legs/find-leg.ts'
import type { RefundsRoom } from '../../room.ts'
import type { BillDecisionRow, LegRow } from '../../tables.ts'
import {
  auditSettled,
  type BillDecision,
  type BillFacts,
  decide,
  findWaiting,
  storeDone,
  storeWaiting,
} from './bill-decisions.ts'

/**
 * - `settled`: the bill decided.
 * - `waiting`: above the amount that wants a second person; it is carried out when that one agrees.
 * - `answered`: WeChat still answered, and what it said was taken instead.
 */
export interface SettledByBill {
  readonly state: 'settled' | 'waiting' | 'answered'
  readonly leg: LegRow
}

const NOT_FOR_BILL = '只有超过 30 天、微信不再答复查询而没有结果的转账才按账单定。请先看它最新的状态。'
const NO_ANSWER = '微信这次没有答复，还不能按账单定。请过几分钟再试。'
const TOO_LATE = '别人刚刚处理过这笔退款，请刷新。'
/** For so long after its sending a bill may still have been paid: the bills of all these days say that it was not. */
const LOOKED_THROUGH_DAYS = 29

/**
 * After thirty days without a final answer the fund-flow bills of the operation account decide, read by a person, after
 * WeChat was asked once more in this very request. Transfers are in no trade bill. Throws `refund-refused`.
 */
export async function settleLegByBill(
  room: RefundsRoom,
  hospitalId: HospitalId,
  decision: BillDecision,
): Promise<SettledByBill> {
  const { leg, transfer, isAnswered } = await ask(room, hospitalId, decision.legId)
  if (isAnswered) return { state: 'answered', leg }
  requireBills(decision, transfer, room.clock.nowMs())
  const { secondPersonFromFen } = hospitalOf(room, { hospitalId }).refunds
  const needsSecond = leg.amount_fen >= secondPersonFromFen
  if (!needsSecond) return carryOut(room, hospitalId, decision, undefined)
  await room.database.inTransaction(hospitalId, async (tx) => {
    await lockForBill(tx, room, decision.legId)
    await storeWaiting(tx, room, decision)
  })
  return { state: 'waiting', leg }
}

/** The second person agrees, or does not. Never the one who asked. */
export async function decideBill(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, agrees }: { readonly legId: string; readonly by: string; readonly agrees: boolean },
): Promise<SettledByBill | undefined> {
  const waiting = await room.database.inTransaction(hospitalId, async (tx) => {
    await requireLeg(tx, legId)
    return findWaiting(tx, legId)
  })
  if (!waiting) throw new AppError('refund-refused', { zh: '没有等待复核的账单结果。' })
  if (isSameOperator(waiting.asked_by, by))
    throw new AppError('refund-refused', { zh: '复核的人不能是提出的人，请另一位同事复核。' })
  if (agrees) {
    const { leg, isAnswered } = await ask(room, hospitalId, legId)
    if (isAnswered) return { state: 'answered', leg }
    return carryOut(room, hospitalId, decisionOf(waiting), { decision: waiting, by })
  }
  await room.database.inTransaction(hospitalId, (tx) =>
    decide(tx, room, { decision: waiting, by, state: 'refused' }),
  )
  return undefined
}

function decisionOf(row: BillDecisionRow): BillDecision {
  return {
    ...{ legId: row.leg_id, by: row.asked_by, reason: row.reason, paid: row.paid },
    ...{ billFrom: row.bill_from, billTo: row.bill_to, billLine: row.bill_line },
  }
}

async function ask(room: RefundsRoom, hospitalId: HospitalId, legId: string) {
  const leg = await room.database.read(hospitalId, (tx) => requireLeg(tx, legId))
  if (leg.state !== 'paying' || leg.route !== 'transfer' || leg.payout_id === null)
    throw new AppError('refund-refused', { zh: NOT_FOR_BILL })
  const { transfer, result } = await queryForBill(room, hospitalId, leg.payout_id)
  switch (result) {
    case 'for-bill':
      return { leg, transfer, isAnswered: false }
    case 'answered':
      return { leg, transfer, isAnswered: true }
    case 'no-answer':
      throw new AppError('refund-refused', { zh: NO_ANSWER })
    case 'not-for-bill':
      throw new AppError('refund-refused', { zh: NOT_FOR_BILL })
    default:
      return assertNever(result)
  }
}

/** Locked, and still one: somebody else may have been quicker. */
async function lockForBill(tx: Tx, room: RefundsRoom, legId: string): Promise<LegRow> {
  const leg = await lockLeg(tx, legId)
  const transfer = leg.payout_id === null ? undefined : await findTransfer(tx, leg.payout_id)
  if (leg.state !== 'paying' || !transfer || !isForBill(transfer, room.clock.nowMs()))
    throw new AppError('refund-refused', { zh: TOO_LATE })
  return leg
}

async function carryOut(
  room: RefundsRoom,
  hospitalId: HospitalId,
  decision: BillDecision,
  second: { readonly decision: BillDecisionRow; readonly by: string } | undefined,
): Promise<SettledByBill> {
  return room.database.inTransaction(hospitalId, async (tx) => {
    const held = await lockForBill(tx, room, decision.legId)
    if (second) await decide(tx, room, { ...second, state: 'done' })
    else await storeDone(tx, room, decision)
    auditSettled(tx, room, decision)
    await settleByBill(tx, room, held.payout_id ?? '', {
      paid: decision.paid,
      evidence: evidenceOf(decision),
    })
    return { state: 'settled', leg: (await findLeg(tx, decision.legId)) ?? held }
  })
}

function evidenceOf({ billFrom, billTo, billLine }: BillFacts): string {
  return billLine === null
    ? `运营账户资金账单 ${billFrom} 至 ${billTo}，没有这一笔`
    : `运营账户资金账单 ${billFrom}，第 ${billLine} 行`
}

/** Paid on a day on which it could be; not paid according to the bills of all of them. */
function requireBills(
  { paid, billFrom, billTo }: BillFacts,
  { sentAtMs = 0 }: Transfer,
  nowMs: number,
): void {
  const sentDay = shanghaiDay(sentAtMs)
  const newest = shanghaiDay(nowMs - DAY_MS)
  if (billTo > newest) throw badInput({ field: 'billTo', message: `最新的账单是 ${newest} 的，请核对日期` })
  if (paid) {
    if (billFrom < sentDay)
      throw badInput({ field: 'billFrom', message: `这笔 ${sentDay} 才发起，账单不会更早，请核对日期` })
    return
  }
  const lastDay = shanghaiDay(sentAtMs + LOOKED_THROUGH_DAYS * DAY_MS)
  if (billFrom > sentDay || billTo < lastDay)
    throw badInput({
      field: 'billFrom',
      message: `要说没有付，请查完 ${sentDay} 至 ${lastDay} 每一天的账单`,
    })
}
