import type { Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import type { PaymentsRoom } from '../room.ts'
import { type PaymentsTables, transferOf } from '../tables.ts'
import { endUnpaid, finishTransfer } from './end-transfer.ts'
import { CONTRADICTED, holdTransfer } from './hold-transfer.ts'
import { isOpen, isPastQuery } from './judge-transfer.ts'
import type { Transfer } from './transfer.ts'

export interface BillSays {
  readonly paid: boolean
  /** Which bills, of which days, and who read them. No personal data. */
  readonly evidence: string
}

/** Whether WeChat answers no queries of it any more while nobody knows how it ended: then the bill may decide. */
export function isForBill({ state, sentAtMs, problem }: Transfer, nowMs: number): boolean {
  return isOpen({ state }) && isPastQuery({ sent_at_ms: sentAtMs ?? null }, nowMs) && problem !== CONTRADICTED
}

/**
 * The fund-flow bills decide on a number that WeChat answers no queries of any more, and on no other. Throws for one that
 * can still be asked for.
 */
export async function settleByBill(
  tx: Tx,
  room: PaymentsRoom,
  id: string,
  { paid, evidence }: BillSays,
): Promise<Transfer> {
  const { row, attempt } = await holdTransfer(tx, id)
  if (!isForBill(transferOf(row), room.clock.nowMs()))
    throw new Error(`transfer ${id} is ${row.state} and not for the bill to decide`)
  const said = paid ? 'SUCCESS' : 'FAIL'
  auditPayments(tx, room.clock, {
    ...{ action: `${row.purpose}.transfer-settled-by-bill`, subject: id },
    detail: { number: row.out_bill_no, paid, evidence },
  })
  // As a query would have said it: it permits another number, or none for ever.
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('payment_attempt')
    .set({ state: 'yes', queried_state: said })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', attempt.id)
    .execute()
  const end = paid ? finishTransfer : endUnpaid
  return transferOf(await end(tx, room, row, { wechat_state: said, problem: 'settled-by-bill' }))
}
