import { type Fen, newId } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { auditPayments } from '../audit.ts'
import { PAYMENTS_WORK, type PaymentsParts } from '../room.ts'
import type { PaymentsTables } from '../tables.ts'
import { changeFundAccount, holdFundAccount } from './fund-account.ts'
import { payerOf } from './payer.ts'

/** Money came into the 运营账户: numbers that WeChat took without funds are posted again at once. `by` goes to the audit. */
export async function topUpFunds(
  tx: Tx,
  { clock, hospitals, jobs }: Pick<PaymentsParts, 'clock' | 'hospitals' | 'jobs'>,
  { amountFen }: { readonly amountFen: Fen },
  by: string,
): Promise<void> {
  const { mchid } = payerOf({ hospitals }, tx.hospitalId)
  const nowMs = clock.nowMs()
  // Transfers before the account, as everywhere.
  await lookAtWaiting(tx, mchid, nowMs)
  await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('fund_top_up')
    .values({
      ...{ hospital_id: tx.hospitalId, id: newId('top'), mchid, amount_fen: amountFen },
      ...{ at_ms: nowMs, noted_by: by },
    })
    .execute()
  await changeFundAccount(tx, mchid, { dry_since_ms: null })
  auditPayments(tx, clock, {
    ...{ action: 'payments.funds-topped-up', subject: mchid, actor: by, detail: { amountFen } },
  })
  await jobs.wake(tx, PAYMENTS_WORK)
}

async function lookAtWaiting(tx: Tx, mchid: string, nowMs: number): Promise<void> {
  await tx.sql
    .withTables<PaymentsTables>()
    .updateTable('transfer_order')
    .set({ next_action_at_ms: nowMs })
    .where('hospital_id', '=', tx.hospitalId)
    .where('mchid', '=', mchid)
    .where('state', '=', 'under-way')
    .where((row) =>
      row.or([row('wechat_state', 'is', null), row('wechat_state', 'in', ['ACCEPTED', 'PROCESSING'])]),
    )
    .execute()
}

export interface FundFigure {
  readonly balanceFen: Fen
  readonly asOfMs: number
  /** `statement`: the last 账户结余 of a fund-flow bill. */
  readonly source: 'statement' | 'operator'
}

/** A figure of the 运营账户 that a bill or a person names. One older than what is known changes nothing. */
export async function setFunds(
  tx: Tx,
  { clock, hospitals }: Pick<PaymentsParts, 'clock' | 'hospitals'>,
  { balanceFen, asOfMs, source }: FundFigure,
  by: string,
): Promise<void> {
  const { mchid } = payerOf({ hospitals }, tx.hospitalId)
  const { as_of_ms } = await holdFundAccount(tx, mchid)
  const isNewer = as_of_ms === null || as_of_ms <= asOfMs
  if (isNewer) await changeFundAccount(tx, mchid, { balance_fen: balanceFen, source, as_of_ms: asOfMs })
  auditPayments(tx, clock, {
    ...{ action: 'payments.funds-set', subject: mchid, actor: by },
    detail: { balanceFen, asOfMs, source, isNewer },
  })
}
