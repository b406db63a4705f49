import { newId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import type { RefundsRoom } from '../../room.ts'
import type { WindowPaymentRow } from '../../tables.ts'
import { claimVoucher, returnVoucher, type Voucher } from '../../vouchers/claim-voucher.ts'
import { auditAct } from '../audit-act.ts'

/** How the hospital itself handed a sum over. */
export interface WindowFacts {
  readonly how: WindowPaymentRow['how']
  /** Of the receipt. */
  readonly voucher: string
  /** `yyyy-MM-dd`. */
  readonly paidOn: string
}

export interface WindowPayment extends WindowFacts {
  readonly legId: string
  /** Who asks, as they signed in. */
  readonly by: string
  readonly reason: string
}

const WAITING = '已经有人提出窗口付讫，正等待复核。'
// The day as text: the driver would make a moment of its own time zone of it.
const COLUMNS = sql`hospital_id, leg_id, id, how, voucher, paid_on::text AS paid_on, reason, asked_by, asked_at_ms, state,
  decided_by, decided_at_ms`

/** Waits for a second person; one a leg. Its voucher must not have paid another sum. */
export async function storeWaiting(
  tx: Tx,
  room: Pick<RefundsRoom, 'clock'>,
  payment: WindowPayment,
): Promise<void> {
  const { legId, by, how, voucher, paidOn, reason } = payment
  const { rows } = await sql`
    INSERT INTO window_payment (hospital_id, leg_id, id, how, voucher, paid_on, reason, asked_by, asked_at_ms, state)
    VALUES (${tx.hospitalId}, ${legId}, ${newId('window')}, ${how}, ${voucher}, ${paidOn}::date, ${reason}, ${by},
      ${room.clock.nowMs()}, 'waiting')
    ON CONFLICT (hospital_id, leg_id) WHERE state = 'waiting' DO NOTHING RETURNING 1`.execute(tx.sql)
  if (rows.length !== 1) throw new AppError('refund-refused', { zh: WAITING })
  await claimVoucher(tx, voucherOf({ how, voucher, legId }))
  auditAct(tx, room, { by, action: 'refunds.window-asked', legId, detail: { how, voucher, paidOn, reason } })
}

/** Of a leg, oldest first. */
export async function windowPaymentsOf(tx: Tx, legId: string): Promise<readonly WindowPaymentRow[]> {
  const { rows } = await sql<WindowPaymentRow>`
    SELECT ${COLUMNS} FROM window_payment WHERE hospital_id = ${tx.hospitalId} AND leg_id = ${legId}
    ORDER BY asked_at_ms, id`.execute(tx.sql)
  return rows
}

export async function findWaiting(tx: Tx, legId: string): Promise<WindowPaymentRow | undefined> {
  return (await windowPaymentsOf(tx, legId)).find(({ state }) => state === 'waiting')
}

export async function findDone(tx: Tx, legId: string): Promise<WindowPaymentRow | undefined> {
  return (await windowPaymentsOf(tx, legId)).find(({ state }) => state === 'done')
}

/**
 * Of a leg that is locked: while somebody says that it was handed over, nothing else becomes of it. Throws
 * `refund-refused`.
 */
export async function requireNotAtWindow(tx: Tx, legId: string): Promise<void> {
  if (await findWaiting(tx, legId)) throw new AppError('refund-refused', { zh: WAITING })
}

export async function decide(
  tx: Tx,
  room: Pick<RefundsRoom, 'clock'>,
  { payment, by, state }: { payment: WindowPaymentRow; by: string; state: 'done' | 'refused' },
): Promise<void> {
  const { rows } = await sql`
    UPDATE window_payment SET state = ${state}, decided_by = ${by}, decided_at_ms = ${room.clock.nowMs()}
    WHERE hospital_id = ${tx.hospitalId} AND id = ${payment.id} AND state = 'waiting' RETURNING 1`.execute(
    tx.sql,
  )
  if (rows.length !== 1) throw new AppError('refund-refused', { zh: '别人刚刚复核过了。' })
  const { how, voucher, paid_on: paidOn, leg_id: legId } = payment
  if (state === 'done')
    auditAct(tx, room, { by, action: 'refunds.window-agreed', legId, detail: { how, voucher, paidOn } })
  else {
    returnVoucher(tx, voucherOf({ how, voucher, legId }))
    auditAct(tx, room, { by, action: 'refunds.window-refused', legId })
  }
}

function voucherOf({ how, voucher, legId }: Pick<WindowPayment, 'how' | 'voucher' | 'legId'>): Voucher {
  return { how: how === 'cash' ? 'window' : how, voucher, pays: legId }
}
