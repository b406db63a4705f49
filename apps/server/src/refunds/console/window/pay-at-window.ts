import { fen, type HospitalId, shanghaiDay } from '@zhangyi/core'
import { freeFunds, postJournal } from '../../../payments/index.ts'
import type { Locked, Tx } from '../../../platform/database/tx.ts'
import { AppError, badInput } from '../../../platform/errors/catalogue.ts'
import { isSameOperator } from '../../../platform/operators/same-operator.ts'
import { noteRefunded } from '../../ledger/note-facts.ts'
import { canRelease } from '../../legs/ask-his.ts'
import { changeHeldLeg } from '../../legs/change-leg.ts'
import { closePayout } from '../../legs/close-payout.ts'
import { caseOf, requireLeg } from '../../legs/find-leg.ts'
import type { RefundsRoom } from '../../room.ts'
import type { CaseRow, LegRow, WindowPaymentRow } from '../../tables.ts'
import { lockOneSided, requireUnpaid } from '../fresh-query.ts'
import { dropRequest } from '../reissue/reissue-requests.ts'
import { decide, findWaiting, storeWaiting, type WindowPayment } from './window-payments.ts'

export interface WindowDecision {
  readonly legId: string
  readonly by: string
  readonly agrees: boolean
}

const GIVE_BACK = '医院系统可以把这笔钱退回门诊余额，请用“退回余额”，患者再到窗口办理；不能记作窗口付讫。'

/**
 * 窗口付讫, asked for: of a one-sided leg that the HIS cannot take back, after WeChat was asked in this very request. Always
 * by two people, because nothing but their word says that the patient has it. Throws `refund-refused`.
 */
export async function askWindow(
  room: RefundsRoom,
  hospitalId: HospitalId,
  payment: WindowPayment,
): Promise<void> {
  await requireUnpaid(room, hospitalId, payment.legId)
  await room.database.inTransaction(hospitalId, async (tx) => {
    const leg = await lockForWindow(tx, room, payment.legId)
    requireDay(payment, await caseOf(tx, leg), room.clock.nowMs())
    await storeWaiting(tx, room, payment)
    // Who asked for another number would have to be refused by whoever decides.
    await dropRequest(tx, room, leg.id)
  })
}

/** The second person agrees, after WeChat was asked again, or does not. Never the one who asked. */
export async function decideWindow(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { legId, by, agrees }: WindowDecision,
): Promise<'settled' | 'refused'> {
  const payment = await room.database.inTransaction(hospitalId, async (tx) => {
    await requireLeg(tx, legId)
    return findWaiting(tx, legId)
  })
  if (!payment) throw new AppError('refund-refused', { zh: '没有等待复核的窗口付讫。' })
  if (isSameOperator(payment.asked_by, by))
    throw new AppError('refund-refused', { zh: '复核的人不能是提出的人，请另一位同事复核。' })
  if (agrees) await requireUnpaid(room, hospitalId, legId)
  await room.database.inTransaction(hospitalId, async (tx) => {
    if (agrees) await settle(tx, room, await lockForWindow(tx, room, legId), { payment, by })
    await decide(tx, room, { payment, by, state: agrees ? 'done' : 'refused' })
  })
  return agrees ? 'settled' : 'refused'
}

/** Locked: somebody else may have been quicker, and the HIS may have learnt to take it back. */
async function lockForWindow(tx: Tx, room: RefundsRoom, legId: string): Promise<Locked<LegRow>> {
  const leg = await lockOneSided(tx, legId)
  if (canRelease(room, tx.hospitalId, leg)) throw new AppError('refund-refused', { zh: GIVE_BACK })
  return leg
}

/** The end, with everything that it means, in one transaction: no number follows, and the sum is nobody's any more. */
async function settle(
  tx: Tx,
  room: RefundsRoom,
  leg: Locked<LegRow>,
  { payment, by }: { readonly payment: WindowPaymentRow; readonly by: string },
): Promise<void> {
  await closePayout(tx, room, leg)
  const nowMs = room.clock.nowMs()
  const after = changeHeldLeg(tx, leg, {
    ...{ happening: 'settled-at-window', nowMs, detail: payment.how, actor: `operator:${by}` },
    set: { task_at_ms: null },
  })
  if (!after) throw new Error(`leg ${leg.id} changed while it was locked`)
  postJournal(tx, {
    ...{ posting: `window-paid:${leg.id}`, caseId: leg.case_id, atMs: nowMs },
    lines: [
      { account: 'deposit-in-transit', amountFen: fen(-leg.amount_fen) },
      { account: 'paid-at-window', amountFen: fen(leg.amount_fen) },
    ],
  })
  if (leg.route === 'transfer') freeFunds(tx, { purpose: 'deposits', subject: leg.id }, nowMs)
  const { patid } = await caseOf(tx, leg)
  noteRefunded(tx, { legId: leg.id, patid, amountFen: leg.amount_fen, way: 'window', atMs: nowMs })
}

function requireDay({ paidOn }: WindowPayment, { created_at_ms }: CaseRow, nowMs: number): void {
  const [first, last] = [shanghaiDay(created_at_ms), shanghaiDay(nowMs)]
  if (paidOn < first)
    throw badInput({ field: 'paidOn', message: `这笔 ${first} 才申请，不会更早付，请核对日期` })
  if (paidOn > last) throw badInput({ field: 'paidOn', message: '付款的日期还没有到，请核对日期' })
}
