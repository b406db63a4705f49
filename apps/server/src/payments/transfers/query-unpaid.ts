import type { HospitalId } from '@zhangyi/core'
import { merchantOf } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import { transferOf } from '../tables.ts'
import { findTransferRow } from './find-transfers.ts'
import { isStrange, isUnpaid } from './hold-transfer.ts'
import { isPastQuery } from './judge-transfer.ts'
import { askTransfer } from './look-at-transfer.ts'
import { settleAnswer } from './settle-answer.ts'
import type { Transfer } from './transfer.ts'

export interface UnpaidLook {
  /** As it is after the look. */
  readonly transfer: Transfer
  /** Whether WeChat said in this very look that its newest number is not paid and cannot be. */
  readonly isConfirmed: boolean
}

/**
 * Asks WeChat once more about a transfer that counts as unpaid, because somebody is about to give it another number or
 * its money back. Sends nothing. No answer confirms nothing, nor does what contradicts itself. Throws `payment-unavailable`.
 */
export async function queryUnpaid(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  transferId: string,
): Promise<UnpaidLook> {
  const { database, clock } = room
  const row = await database.read(hospitalId, (tx) => findTransferRow(tx, transferId))
  if (!row) throw new Error(`no transfer ${transferId}`)
  if (!isUnpaid(row) || isStrange(row)) return { transfer: transferOf(row), isConfirmed: false }
  // Never sent: there is nothing that WeChat could know. Past its thirty days the bill has decided.
  if (row.sent_at_ms === null || isPastQuery(row, clock.nowMs()))
    return { transfer: transferOf(row), isConfirmed: true }
  const merchant = merchantOf(room, hospitalId)
  if (merchant.mchid !== row.mchid) return { transfer: transferOf(row), isConfirmed: false }
  const answer = await askTransfer(merchant, row.out_bill_no)
  // Of one that is unpaid, settling sends nothing.
  const { row: after } = await database.inTransaction(hospitalId, (tx) =>
    settleAnswer(tx, room, merchant, row, answer),
  )
  const said = typeof answer === 'string' ? answer : answer.state
  const isUnpaidNow =
    row.state === 'not-paid' ? said === 'FAIL' || said === 'CANCELLED' : said === 'not-found'
  const fits = isUnpaid(after) && !isStrange(after) && after.out_bill_no === row.out_bill_no
  return { transfer: transferOf(after), isConfirmed: isUnpaidNow && fits }
}
