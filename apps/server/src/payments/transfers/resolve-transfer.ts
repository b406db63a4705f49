import type { HospitalId } from '@zhangyi/core'
import { findMerchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { TransferRow } from '../tables.ts'
import { lockTransfer } from './hold-transfer.ts'
import { lookAtTransfer } from './look-at-transfer.ts'
import { postpone } from './settle-answer.ts'

/** The background's look at a transfer that is due. */
export async function resolveTransfer(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  row: TransferRow,
): Promise<void> {
  const merchant = findMerchant(room, hospitalId)
  if (merchant) return void (await lookAtTransfer(room, hospitalId, merchant, row))
  await room.database.inTransaction(hospitalId, async (tx) =>
    postpone(tx, room, await lockTransfer(tx, row.id)),
  )
}
