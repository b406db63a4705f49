import { assertNever, fen, type HospitalId, type Outcome, unknown, yes } from '@zhangyi/core'
import {
  freeFunds,
  type OrderedTransfer,
  orderRefund,
  orderTransfer,
  postJournal,
  resendTransfer,
} from '../../payments/index.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Locked, Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { openCasePerson } from '../cases/case-person.ts'
import { isWrongPayee, WRONG_NAME } from '../face/wrong-payee.ts'
import type { RefundsRoom } from '../room.ts'
import type { CaseRow, LegRow } from '../tables.ts'
import { askStatus, askToHold, isOurs, isToQuery, type Kept } from './ask-his.ts'
import { type Change, changeHeldLeg, lookAgain } from './change-leg.ts'
import { type LegOfCase, lockLeg } from './find-leg.ts'
import { ALARM_AFTER_MS, backoffMs, DENIAL_GRACE_MS } from './own-time.ts'

/** What a leg became, and the transfer that is to be sent now, if any. */
export interface HeldLeg {
  readonly leg: LegRow
  readonly ordered?: OrderedTransfer
}

/**
 * Asks the HIS to hold the sum and stores its answer; with a "yes" the payment is ordered in the same transaction. A leg
 * that was looked at before may have been asked for already: then its status is asked first.
 */
export async function holdSum(room: RefundsRoom, hospitalId: HospitalId, work: LegOfCase): Promise<HeldLeg> {
  const outcome = await ask(room, hospitalId, work)
  return room.database.inTransaction(hospitalId, (tx) => settleHold(tx, room, work, outcome))
}

async function ask(
  room: RefundsRoom,
  hospitalId: HospitalId,
  { leg, of }: LegOfCase,
): Promise<Outcome<Kept>> {
  const asked = { ...leg, patid: of.patid }
  if (leg.tries > 0) {
    const known = await askStatus(room, hospitalId, leg)
    if (known === 'unknown') return unknown('no-status')
    if (known !== 'none') return judge(asked, yes(known))
    if (room.clock.nowMs() - leg.changed_at_ms < DENIAL_GRACE_MS) return unknown('denied-early')
  }
  const answered = await askToHold(room, hospitalId, asked)
  // Asked before, perhaps held, and now refused: a HIS may refuse for want of the very balance that it holds for us.
  const isDoubtful = answered.kind === 'no' && leg.tries > 0
  if (!isToQuery(answered) && !isDoubtful) return judge(asked, answered)
  const status = await askStatus(room, hospitalId, leg)
  if (typeof status === 'object') return judge(asked, yes(status))
  if (status === 'none' && !isToQuery(answered)) return answered
  return unknown(answered.kind === 'unknown' ? answered.cause : 'duplicate')
}

function judge(asked: Parameters<typeof isOurs>[0], answer: Outcome<Kept>): Outcome<Kept> {
  if (answer.kind !== 'yes') return answer
  return isOurs(asked, answer.value) && answer.value.state === 'kept' ? answer : unknown('foreign-answer')
}

async function settleHold(
  tx: Tx,
  room: RefundsRoom,
  { leg, of }: LegOfCase,
  outcome: Outcome<Kept>,
): Promise<HeldLeg> {
  const nowMs = room.clock.nowMs()
  const now = await lockLeg(tx, leg.id)
  if (now.state !== leg.state || now.round !== leg.round) {
    await noteStray(tx, room, now, outcome)
    return { leg: now }
  }
  switch (outcome.kind) {
    case 'yes':
      return pay(tx, room, { leg: now, of }, outcome.value)
    case 'no': {
      const refused = changeHeldLeg(tx, now, {
        ...{ happening: 'not-held', nowMs, detail: outcome.code },
        set: { fail: `his: ${outcome.code}` },
      })
      if (refused && leg.route === 'transfer') freeFunds(tx, { purpose: 'deposits', subject: leg.id }, nowMs)
      return { leg: refused ?? leg }
    }
    case 'unknown': {
      const { cause } = outcome
      lookAgain(tx, leg, {
        last_problem: `unknown: ${cause}`,
        next_action_at_ms: nowMs + backoffMs(leg.tries),
      })
      if (cause === 'foreign-answer' || nowMs - leg.changed_at_ms > ALARM_AFTER_MS)
        room.log.error({ leg: leg.id, cause }, 'nobody can say whether the HIS holds a refund')
      return { leg }
    }
    default:
      return assertNever(outcome)
  }
}

/**
 * Somebody else stored an answer and goes on from there. Mostly it was the same one; but where the HIS refused them and
 * holds it for us, no leg answers for what it holds: a person has to.
 */
async function noteStray(tx: Tx, room: RefundsRoom, now: LegRow, outcome: Outcome<Kept>): Promise<void> {
  if (outcome.kind !== 'yes' || now.his_number === outcome.value.number || now.state !== 'refused') return
  room.log.error({ leg: now.id, number: outcome.value.number }, 'the HIS holds a sum that it refused to hold')
  recordAudit(tx, {
    ...{ atMs: room.clock.nowMs(), actor: 'system:refunds', action: 'refunds.stray-hold', subject: now.id },
    ...{ traceId: currentTraceId(), detail: { hisNumber: outcome.value.number } },
  })
}

/** Held: the journal, the order of the payment and the leg's new state, in one transaction. */
async function pay(
  tx: Tx,
  room: RefundsRoom,
  { leg, of }: { readonly leg: Locked<LegRow>; readonly of: CaseRow },
  kept: Kept,
): Promise<HeldLeg> {
  const nowMs = room.clock.nowMs()
  const payment =
    leg.route === 'transfer' ? await payByTransfer(tx, room, leg, of) : await payBack(tx, room, leg)
  const change: Change =
    payment.id === undefined
      ? { happening: 'unpayable', nowMs, set: { fail: payment.fail, after_release: 'end' } }
      : { happening: 'held', nowMs, set: { payout_id: payment.id } }
  const held = changeHeldLeg(tx, leg, { ...change, set: { ...change.set, his_number: kept.number } })
  if (!held) throw new Error(`leg ${leg.id} can not be paid while it is ${leg.state}`)
  postJournal(tx, {
    ...{ posting: `held:${leg.id}:${leg.round}`, caseId: leg.case_id, atMs: nowMs },
    lines: [
      { account: 'deposit', amountFen: fen(-leg.amount_fen) },
      { account: 'deposit-in-transit', amountFen: fen(leg.amount_fen) },
    ],
  })
  return { leg: held, ...(payment.ordered && { ordered: payment.ordered }) }
}

/** What pays the leg; without an id nothing does, and `fail` says why. */
type Payment =
  | { readonly id: string; readonly ordered?: OrderedTransfer }
  | { readonly id: undefined; readonly fail: string; readonly ordered?: undefined }

async function payByTransfer(tx: Tx, room: RefundsRoom, leg: LegRow, of: CaseRow): Promise<Payment> {
  // The application asked already; another part of its sum may have found out since.
  const isFirst = leg.place === 1 && leg.steps === 1
  if (!isFirst && (await isWrongPayee(tx, of))) return { id: undefined, fail: WRONG_NAME }
  // Tried again: by query nothing exists under its number, which stays its number.
  const ordered =
    leg.payout_id === null
      ? await orderTransfer(tx, room, {
          ...{ purpose: 'deposits', subject: leg.id, caseId: leg.case_id, userId: of.user_id },
          ...{ appid: of.appid, openid: of.openid, payee: openCasePerson(room.cipher, of).name },
          amountFen: fen(leg.amount_fen),
        })
      : await resendTransfer(tx, room, leg.payout_id)
  return { id: ordered.transfer.id, ordered }
}

/** The recharge may have less left by now, e.g. because somebody else refunded it meanwhile. */
async function payBack(tx: Tx, room: RefundsRoom, leg: LegRow): Promise<Payment> {
  try {
    const { id } = await orderRefund(tx, room, {
      ...{ paymentOrderId: leg.payment_order_id ?? '', amountFen: fen(leg.amount_fen) },
      ...{ reason: '门诊预交金退费', requestKey: leg.id, caseId: leg.case_id },
    })
    return { id }
  } catch (error) {
    // Refused before it wrote anything: the transaction goes on.
    if (!(error instanceof AppError)) throw error
    return { id: undefined, fail: 'not-refundable' }
  }
}
