import { newId } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { storeAttempt } from '../attempts/attempts.ts'
import { auditPayments } from '../audit.ts'
import { LEASE_MS } from '../back-off.ts'
import { lockReservation } from '../funds/reservations.ts'
import { findPayoutStop } from '../funds/stop-payouts.ts'
import { newNumber } from '../new-number.ts'
import type { PaymentsRoom } from '../room.ts'
import {
  type AttemptRow,
  type PaymentsTables,
  type ReservationRow,
  type TransferRow,
  transferOf,
} from '../tables.ts'
import { findTransferRowOf } from './find-transfers.ts'
import { nextLookMs } from './judge-transfer.ts'
import { PAYEE_CONTEXT, prepareTransfer, transferMerchantOf } from './prepare-transfer.ts'
import type { NewTransfer, Transfer } from './transfer.ts'

export interface OrderedTransfer {
  readonly transfer: Transfer
  /** Counted in this transaction, to be sent by `sendOrdered` after the commit; undefined: nothing is to be sent now. */
  readonly sending?: AttemptRow
}

/**
 * Orders a transfer to a patient in the caller's transaction, with its number and exact bytes. The funds must be reserved.
 * The same subject again is the same transfer. A process that ends before `sendOrdered` leaves it to the background.
 */
export async function orderTransfer(
  tx: Tx,
  room: PaymentsRoom,
  wanted: NewTransfer,
): Promise<OrderedTransfer> {
  const { purpose, subject, amountFen } = wanted
  const [known, stop, reserved] = await Promise.all([
    findTransferRowOf(tx, purpose, subject),
    findPayoutStop(tx),
    lockReservation(tx, { purpose, subject }),
  ])
  if (known) return { transfer: transferOf(sameTransfer(known, wanted)) }
  const merchant = transferMerchantOf(room, tx.hospitalId)
  const isStopped = stop !== undefined
  const nowMs = room.clock.nowMs()
  const outBillNo = newNumber('T', nowMs)
  const made = { state: 'under-way' as const, looks: 0, sent_at_ms: isStopped ? null : nowMs }
  const row: TransferRow = {
    ...{ hospital_id: tx.hospitalId, id: newId('trf'), purpose, subject, case_id: wanted.caseId },
    ...{ user_id: wanted.userId, appid: wanted.appid, openid: wanted.openid, amount_fen: amountFen },
    payee: room.cipher.seal(wanted.payee, PAYEE_CONTEXT),
    ...{ mchid: merchant.mchid, out_bill_no: outBillNo, ...made, wechat_state: null, fail_reason: null },
    ...{
      problem: null,
      contradiction: null,
      problem_done_at_ms: null,
      package_info: null,
      package_at_ms: null,
      transfer_bill_no: null,
    },
    ...{ cancel_wished_at_ms: null, created_at_ms: nowMs, done_at_ms: null },
    next_action_at_ms: isStopped ? nextLookMs(made, nowMs) : nowMs + LEASE_MS,
  }
  // Refused by the client before anything is stored.
  const prepared = prepareTransfer(room, merchant, row, outBillNo)
  expectReserved(row, reserved)
  const stored = await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('transfer_order')
    .values(row)
    .onConflict((conflict) => conflict.columns(['hospital_id', 'purpose', 'subject']).doNothing())
    .returning('id')
    .executeTakeFirst()
  // Somebody was quicker.
  if (!stored) return orderTransfer(tx, room, wanted)
  const attempt = storeAttempt(tx, room, {
    ...{ of: { transferId: row.id }, prepared, isCounted: !isStopped },
  })
  auditPayments(tx, room.clock, {
    ...{ action: `${purpose}.transfer-ordered`, subject: row.id },
    detail: { number: outBillNo, amountFen },
  })
  return { transfer: transferOf(row), ...(!isStopped && { sending: attempt }) }
}

function sameTransfer(known: TransferRow, { amountFen, openid, appid }: NewTransfer): TransferRow {
  if (known.amount_fen !== amountFen || known.openid !== openid || known.appid !== appid)
    throw new Error(`transfer ${known.id} was ordered with another amount or payee`)
  return known
}

/** No number is sent for money that nobody promised. */
export function expectReserved(row: TransferRow, reserved: ReservationRow | undefined): void {
  if (!isReserved(row, reserved)) throw new Error(`no funds are reserved for transfer ${row.id}`)
}

export function isReserved(row: TransferRow, reserved: ReservationRow | undefined): boolean {
  return reserved?.state === 'held' && reserved.amount_fen === row.amount_fen && reserved.mchid === row.mchid
}
