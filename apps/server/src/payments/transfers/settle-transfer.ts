import type { HospitalId } from '@zhangyi/core'
import { usableMerchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import { transferOf } from '../tables.ts'
import { findTransferRow } from './find-transfers.ts'
import { lookAtTransfer } from './look-at-transfer.ts'
import type { Transfer } from './transfer.ts'

/**
 * Asks WeChat now: the patient came back from the confirm page, or a clerk wants to know before anything else is done.
 * Ends but `done` and `closed` are asked for too, so that a contradiction shows before another number is made.
 */
export async function settleTransfer(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  transferId: string,
): Promise<Transfer> {
  const row = await room.database.read(hospitalId, (tx) => findTransferRow(tx, transferId))
  if (!row) throw new Error(`no transfer ${transferId}`)
  const merchant = usableMerchant(room, hospitalId)
  if (!merchant || row.state === 'done' || row.state === 'closed') return transferOf(row)
  return transferOf(await lookAtTransfer(room, hospitalId, merchant, row))
}
