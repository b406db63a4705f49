import type { HospitalId } from '@zhangyi/core'
import { merchantOf } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import { transferOf } from '../tables.ts'
import { findTransferRow } from './find-transfers.ts'
import { askTransfer } from './look-at-transfer.ts'
import { settleAnswer } from './settle-answer.ts'
import { isForBill } from './settle-by-bill.ts'
import type { Transfer } from './transfer.ts'

export interface BillLook {
  /** As it is after the look. */
  readonly transfer: Transfer
  /** `for-bill`: WeChat said in this very look that it does not know the number any more. */
  readonly result: 'for-bill' | 'answered' | 'no-answer' | 'not-for-bill'
}

/**
 * Asks WeChat once more about a transfer on which the bill is about to decide: what WeChat still says goes before what
 * somebody read in a bill. Sends nothing.
 */
export async function queryForBill(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  transferId: string,
): Promise<BillLook> {
  const { database, clock } = room
  const row = await database.read(hospitalId, (tx) => findTransferRow(tx, transferId))
  if (!row) throw new Error(`no transfer ${transferId}`)
  const transfer = transferOf(row)
  if (!isForBill(transfer, clock.nowMs())) return { transfer, result: 'not-for-bill' }
  const merchant = merchantOf(room, hospitalId)
  // Whoever pays now never knew the number: only the old merchant's bill can tell.
  if (merchant.mchid !== row.mchid) return { transfer, result: 'for-bill' }
  const answer = await askTransfer(merchant, row.out_bill_no)
  if (answer === 'no-answer') return { transfer, result: 'no-answer' }
  if (answer === 'not-found') return { transfer, result: 'for-bill' }
  // Of one that is past its time nothing is sent again, and its cancel not either: only what is said is taken.
  const { row: after } = await database.inTransaction(hospitalId, (tx) =>
    settleAnswer(tx, room, merchant, row, answer),
  )
  return { transfer: transferOf(after), result: 'answered' }
}
