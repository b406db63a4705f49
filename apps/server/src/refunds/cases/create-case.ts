import { type Fen, HOUR_MS, newId, type Sensitive } from '@zhangyi/core'
import { reserveFunds } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { appendStep } from '../legs/change-leg.ts'
import { LEASE_MS } from '../legs/own-time.ts'
import { tellPatient } from '../notify/tell-patient.ts'
import type { RefundsRoom } from '../room.ts'
import type { CaseRow, LegRow, RefundsTables, RefundWay } from '../tables.ts'
import { caseCardIndex, caseIdIndex } from './case-index.ts'
import { type CasePerson, sealCasePerson } from './case-person.ts'

export const UNDER_WAY = '这份档案已经有一笔退款正在办理，请在“我的退款”里查看。'

/** A sum of a case, and the way it goes. */
export interface NewLeg {
  readonly amountFen: Fen
  /** Absent: by transfer, out of the balance as a whole. */
  readonly recharge?: { readonly orderId: string; readonly rechargeId: string }
}

export interface NewCase {
  readonly id: string
  readonly way: RefundWay
  readonly patid: string
  readonly person: CasePerson
  readonly personIndex: Buffer | undefined
  /** Of whatever document the patient has; kept only as an index, for the counter. */
  readonly idNumber: Sensitive
  readonly requestKey: string
  readonly balanceFen: Fen
  readonly hisMode: LegRow['his_mode']
  readonly legs: readonly NewLeg[]
}

export interface CreatedCase {
  readonly of: CaseRow
  readonly legs: readonly LegRow[]
}

/**
 * Stores an application with its legs, in the caller's transaction. A leg by transfer for which the merchant's account
 * has not enough stands as turned away; every other one is to be held at once, by who created it.
 */
export async function createCase(
  tx: Tx,
  room: RefundsRoom,
  session: Session,
  wanted: NewCase,
): Promise<CreatedCase> {
  const nowMs = room.clock.nowMs()
  const { retryHours } = hospitalOf(room, session).refunds.face
  const tables = tx.sql.withTables<RefundsTables>()
  const of: CaseRow = {
    ...{ hospital_id: tx.hospitalId, id: wanted.id, way: wanted.way, user_id: session.userId },
    ...{ appid: session.appid, openid: session.openid, channel: session.channel, patid: wanted.patid },
    person: sealCasePerson(room.cipher, wanted.person),
    ...{ person_index: wanted.personIndex ?? null, request_key: wanted.requestKey },
    id_index: caseIdIndex(room.cipher, wanted.idNumber, nowMs),
    card_index: caseCardIndex(room.cipher, wanted.person.cardNumber),
    amount_fen: wanted.legs.reduce((sum, { amountFen }) => sum + amountFen, 0),
    ...{ balance_fen: wanted.balanceFen, retry_until_ms: nowMs + retryHours * HOUR_MS },
    ...{ state: 'open', created_at_ms: nowMs, closed_at_ms: null },
  }
  const stored = await tables
    .insertInto('refund_case')
    .values(of)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  // Somebody else was quicker with the same archive, on another phone.
  if (!stored) throw new AppError('refund-refused', { zh: UNDER_WAY })
  const legs: LegRow[] = []
  for (const [index, leg] of wanted.legs.entries())
    legs.push(await createLeg(tx, room, { of, place: index + 1, mode: wanted.hisMode, leg, nowMs }))
  const [first] = legs
  if (first) await tellPatient(tx, room, { of, leg: first, kind: 'applied' })
  return { of, legs }
}

interface LegToCreate {
  readonly of: CaseRow
  readonly place: number
  readonly mode: LegRow['his_mode']
  readonly leg: NewLeg
  readonly nowMs: number
}

async function createLeg(tx: Tx, room: RefundsRoom, wanted: LegToCreate): Promise<LegRow> {
  const { of, place, mode, leg, nowMs } = wanted
  const id = newId('leg')
  const subject = { purpose: 'deposits', subject: id, amountFen: leg.amountFen } as const
  const isFunded = leg.recharge !== undefined || (await reserveFunds(tx, room, subject)) === 'reserved'
  const row: LegRow = {
    ...{
      hospital_id: tx.hospitalId,
      id,
      case_id: of.id,
      place,
      route: leg.recharge ? 'original' : 'transfer',
    },
    ...{ amount_fen: leg.amountFen, payment_order_id: leg.recharge?.orderId ?? null },
    ...{ recharge_id: leg.recharge?.rechargeId ?? null, his_mode: mode, round: 1, his_number: null },
    ...{ state: isFunded ? 'holding' : 'no-funds', fail: isFunded ? null : 'not-enough' },
    ...{ payout_id: null, payout_number: null, paid_at_ms: null, after_release: null },
    ...{ one_sided_at_ms: null, reminded: 0, task_at_ms: null, told_funded_at_ms: null },
    counted_at_ms: nowMs,
    ...{ steps: 1, tries: 0, last_problem: null, created_at_ms: nowMs, changed_at_ms: nowMs },
    // Who created it goes on with it; after a crash the background does.
    next_action_at_ms: isFunded ? nowMs + LEASE_MS : (of.retry_until_ms ?? nowMs),
  }
  tx.later(tx.sql.withTables<RefundsTables>().insertInto('refund_leg').values(row))
  appendStep(tx, row, { happening: isFunded ? 'applied' : 'turned-away', nowMs, detail: undefined })
  return row
}
