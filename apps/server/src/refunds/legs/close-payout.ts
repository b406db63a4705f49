import { closeRefund, closeTransfer } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { RefundsRoom } from '../room.ts'
import type { LegRow } from '../tables.ts'

/**
 * No number may follow what pays a leg, ever. Throws `payment-refused` where it may have been paid after all: of what
 * WeChat contradicts a person has to decide.
 */
export async function closePayout(
  tx: Tx,
  room: Pick<RefundsRoom, 'clock'>,
  { payout_id, route }: Pick<LegRow, 'payout_id' | 'route'>,
): Promise<void> {
  if (payout_id === null) return
  if (route === 'original') await closeRefund(tx, room, payout_id)
  else await closeTransfer(tx, room, payout_id)
}
