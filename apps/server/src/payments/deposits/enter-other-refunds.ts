import type { Fen } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsTables } from '../tables.ts'

const BATCH = 1_000

/** A refund of a recharge that another system made. */
export interface OtherRefund {
  readonly mchid: string
  readonly outRefundNo: string
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly askedAtMs: number
}

/**
 * Takes them off what is refundable, each once by its number. What a file may have counted already, because nobody said
 * when it was made, is taken off again: rather too little can go back by this route than too much. Returns how many were
 * not known. The caller holds `lockRecharges`.
 */
export async function enterOtherRefunds(tx: Tx, refunds: readonly OtherRefund[]): Promise<number> {
  let entered = 0
  for (let at = 0; at < refunds.length; at += BATCH) {
    const made = await tx.sql
      .withTables<PaymentsTables>()
      .insertInto('recharge_refund')
      .values(
        refunds.slice(at, at + BATCH).map((one) => ({
          ...{ hospital_id: tx.hospitalId, mchid: one.mchid, out_refund_no: one.outRefundNo },
          ...{ out_trade_no: one.outTradeNo, amount_fen: one.amountFen, asked_at_ms: one.askedAtMs },
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning(['out_trade_no', 'amount_fen', 'asked_at_ms'])
      .execute()
    for (const { out_trade_no, amount_fen, asked_at_ms } of made)
      await tx.sql
        .withTables<PaymentsTables>()
        .updateTable('payment_order')
        .set({ refunded_before_fen: sql<number>`least(amount_fen, refunded_before_fen + ${amount_fen})` })
        .where('hospital_id', '=', tx.hospitalId)
        .where('out_trade_no', '=', out_trade_no)
        .where('purpose', '=', 'deposits')
        .where((row) =>
          row.or([row('refunded_as_of_ms', 'is', null), row('refunded_as_of_ms', '<=', asked_at_ms)]),
        )
        .execute()
    entered += made.length
  }
  return entered
}
