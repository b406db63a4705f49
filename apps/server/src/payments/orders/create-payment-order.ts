import { newId } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { newNumber } from '../new-number.ts'
import type { NewPaymentOrder, OwnPaymentOrder } from '../payment-order.ts'
import { plainText } from '../plain-text.ts'
import type { PaymentsParts } from '../room.ts'
import { type OrderRow, orderOf, type PaymentsTables } from '../tables.ts'

const MAX_DESCRIPTION = 127

/**
 * An order that may be paid until `expiresAtMs`. Nothing is sent yet. Asked again for the same thing, person and amount
 * while the first still lives, it is the first; for anything else it throws `payment-refused`: close the first one.
 */
export async function createPaymentOrder(
  tx: Tx,
  { clock }: PaymentsParts,
  wanted: NewPaymentOrder,
): Promise<OwnPaymentOrder> {
  const nowMs = clock.nowMs()
  if (wanted.expiresAtMs <= nowMs) throw new Error('a payment order that could never be paid')
  const made = await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('payment_order')
    .values({
      ...{ hospital_id: tx.hospitalId, id: newId('pay'), purpose: wanted.purpose, subject: wanted.subject },
      ...{ user_id: wanted.userId, appid: wanted.appid, openid: wanted.openid, channel: wanted.channel },
      description: plainText(wanted.description, MAX_DESCRIPTION),
      ...{ amount_fen: wanted.amountFen, refunded_before_fen: 0, refunded_as_of_ms: null },
      ...{ mchid: null, out_trade_no: newNumber('P', nowMs) },
      ...{
        state: 'awaiting',
        problem: null,
        problem_done_at_ms: null,
        created_at_ms: nowMs,
        expires_at_ms: wanted.expiresAtMs,
      },
      ...{ close_wished_at_ms: null, prepay_id: null, prepaid_at_ms: null, transaction_id: null },
      ...{ paid_at_ms: null, settled_at_ms: null, looks: 0, missed_looks: 0 },
      next_action_at_ms: wanted.expiresAtMs,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['hospital_id', 'purpose', 'subject'])
        .where('state', '=', sql.lit('awaiting'))
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
  const row = made ?? (await findLive(tx, wanted))
  if (!row || !isSame(row, wanted))
    throw new AppError('payment-refused', { zh: '上一笔支付还没有结束，请过一会儿再试，不会重复扣款。' })
  const { purpose, userId, appid, openid, channel } = wanted
  return { ...orderOf(row), purpose, userId, appid, openid, channel }
}

function findLive(tx: Tx, { purpose, subject }: NewPaymentOrder): Promise<OrderRow | undefined> {
  return tx.sql
    .withTables<PaymentsTables>()
    .selectFrom('payment_order')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
    .where('state', '=', 'awaiting')
    .executeTakeFirst()
}

function isSame(row: OrderRow, wanted: NewPaymentOrder): boolean {
  return (
    row.close_wished_at_ms === null &&
    row.user_id === wanted.userId &&
    row.appid === wanted.appid &&
    row.openid === wanted.openid &&
    row.amount_fen === wanted.amountFen
  )
}
