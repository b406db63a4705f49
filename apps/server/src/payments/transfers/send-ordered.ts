import type { HospitalId } from '@zhangyi/core'
import { usableMerchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import { transferOf } from '../tables.ts'
import { sendAndAsk } from './look-at-transfer.ts'
import type { OrderedTransfer } from './order-transfer.ts'
import type { Transfer } from './transfer.ts'

/**
 * Sends what was ordered, after its commit: one call, one transaction. A definite refusal is confirmed by a query at once,
 * because the patient waits for that word; whatever stays unknown is the background's.
 */
export async function sendOrdered(
  room: PaymentsRoom,
  hospitalId: HospitalId,
  { transfer, sending }: OrderedTransfer,
): Promise<Transfer> {
  const merchant = sending && usableMerchant(room, hospitalId)
  if (!merchant || merchant.mchid !== sending.mchid) return transfer
  return transferOf(await sendAndAsk(room, hospitalId, merchant, sending))
}
