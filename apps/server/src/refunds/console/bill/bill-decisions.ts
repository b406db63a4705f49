import { newId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { RefundsRoom } from '../../room.ts'
import type { BillDecisionRow } from '../../tables.ts'
import { auditAct } from '../audit-act.ts'

/** What a person read in the bills. */
export interface BillFacts {
  readonly paid: boolean
  /** `yyyy-MM-dd`, both included: paid, the day of the one bill; not paid, all that were looked through. */
  readonly billFrom: string
  readonly billTo: string
  /** Of the entry in the bill, where it was paid. */
  readonly billLine: number | null
}

export interface BillDecision extends BillFacts {
  readonly legId: string
  /** Who asks, as they signed in. */
  readonly by: string
  readonly reason: string
}

/** Of a decision that no second person had to make. */
const BELOW_LIMIT = 'system:below-limit'
// Days as text: the driver would make moments of its own time zone of them.
const COLUMNS = sql`hospital_id, leg_id, id, paid, bill_from::text AS bill_from, bill_to::text AS bill_to, bill_line,
  reason, asked_by, asked_at_ms, state, decided_by, decided_at_ms`

/** Waits for a second person; one a leg. */
export async function storeWaiting(tx: Tx, room: RefundsRoom, decision: BillDecision): Promise<void> {
  const stored = await store(tx, decision, room.clock.nowMs(), 'waiting')
  if (!stored) throw new AppError('refund-refused', { zh: '已经有人按账单提出结果，正等待复核。' })
  const { by, legId } = decision
  auditAct(tx, room, { by, action: 'refunds.bill-asked', legId, detail: factsOf(decision) })
}

/** Carried out at once, below the amount that wants a second person. */
export async function storeDone(tx: Tx, room: RefundsRoom, decision: BillDecision): Promise<void> {
  await store(tx, decision, room.clock.nowMs(), 'done')
}

async function store(
  tx: Tx,
  { legId, by, reason, paid, billFrom, billTo, billLine }: BillDecision,
  nowMs: number,
  state: 'waiting' | 'done',
): Promise<boolean> {
  const [decidedBy, decidedAtMs] = state === 'done' ? [BELOW_LIMIT, nowMs] : [null, null]
  const { rows } = await sql`
    INSERT INTO bill_decision (hospital_id, leg_id, id, paid, bill_from, bill_to, bill_line, reason, asked_by,
      asked_at_ms, state, decided_by, decided_at_ms)
    VALUES (${tx.hospitalId}, ${legId}, ${newId('bill')}, ${paid}, ${billFrom}::date, ${billTo}::date, ${billLine},
      ${reason}, ${by}, ${nowMs}, ${state}, ${decidedBy}, ${decidedAtMs})
    ON CONFLICT (hospital_id, leg_id) WHERE state = 'waiting' DO NOTHING RETURNING 1`.execute(tx.sql)
  return rows.length === 1
}

/** Of a leg, oldest first. */
export async function decisionsOf(tx: Tx, legId: string): Promise<readonly BillDecisionRow[]> {
  const { rows } = await sql<BillDecisionRow>`
    SELECT ${COLUMNS} FROM bill_decision WHERE hospital_id = ${tx.hospitalId} AND leg_id = ${legId}
    ORDER BY asked_at_ms, id`.execute(tx.sql)
  return rows
}

export async function findWaiting(tx: Tx, legId: string): Promise<BillDecisionRow | undefined> {
  return (await decisionsOf(tx, legId)).find(({ state }) => state === 'waiting')
}

export async function decide(
  tx: Tx,
  room: RefundsRoom,
  { decision, by, state }: { decision: BillDecisionRow; by: string; state: 'done' | 'refused' },
): Promise<void> {
  const { rows } = await sql`
    UPDATE bill_decision SET state = ${state}, decided_by = ${by}, decided_at_ms = ${room.clock.nowMs()}
    WHERE hospital_id = ${tx.hospitalId} AND id = ${decision.id} AND state = 'waiting' RETURNING 1`.execute(
    tx.sql,
  )
  if (rows.length !== 1) throw new AppError('refund-refused', { zh: '别人刚刚复核过了。' })
  const action = state === 'done' ? 'refunds.bill-agreed' : 'refunds.bill-refused'
  auditAct(tx, room, { by, action, legId: decision.leg_id })
}

export function auditSettled(tx: Tx, room: RefundsRoom, decision: BillDecision): void {
  const { by, legId } = decision
  auditAct(tx, room, { by, action: 'refunds.bill-settled', legId, detail: factsOf(decision) })
}

function factsOf({ paid, billFrom, billTo, billLine, reason }: BillDecision) {
  return { paid, billFrom, billTo, reason, ...(billLine !== null && { billLine }) }
}
