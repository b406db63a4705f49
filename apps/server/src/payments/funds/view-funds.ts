import { type Fen, fen } from '@zhangyi/core'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsParts } from '../room.ts'
import type { FundAccountRow } from '../tables.ts'
import { findFundAccount, promisedSince } from './fund-account.ts'
import { availableFen, type Promised } from './judge-funds.ts'
import { payerOf } from './payer.ts'

/** What is known of the 运营账户. Advice only, and as old as it says. */
export interface FundsView {
  /** Last figure and top-ups, less what was promised; undefined while nobody named a figure. */
  readonly availableFen: Fen | undefined
  readonly source: FundAccountRow['source'] | undefined
  readonly balanceFen: Fen | undefined
  readonly asOfMs: number | undefined
  readonly toppedUpFen: Fen
  /** Everything that is held for somebody. */
  readonly reservedFen: Fen
  /** WeChat said NOT_ENOUGH, and nothing has spoken against it since. */
  readonly drySinceMs: number | undefined
  /** WeChat's balance does not answer this merchant before then. */
  readonly apiClosedUntilMs: number | undefined
}

const NOTHING: Promised = { takenFen: fen(0), toppedUpFen: fen(0) }

export async function viewFunds(tx: Tx, { hospitals }: Pick<PaymentsParts, 'hospitals'>): Promise<FundsView> {
  const { mchid } = payerOf({ hospitals }, tx.hospitalId)
  const account = await findFundAccount(tx, mchid)
  const promised = account?.as_of_ms ? await promisedSince(tx, mchid, account.as_of_ms) : NOTHING
  const balance = account?.balance_fen ?? undefined
  return {
    availableFen: balance === undefined ? undefined : availableFen('ledger', fen(balance), promised),
    balanceFen: balance === undefined ? undefined : fen(balance),
    ...{ source: account?.source ?? undefined, asOfMs: account?.as_of_ms ?? undefined },
    ...{ toppedUpFen: promised.toppedUpFen, reservedFen: await reserved(tx, mchid) },
    ...{ drySinceMs: account?.dry_since_ms ?? undefined },
    apiClosedUntilMs: account?.api_closed_until_ms ?? undefined,
  }
}

async function reserved(tx: Tx, mchid: string): Promise<Fen> {
  const { rows } = await sql<{ held: string }>`
    SELECT coalesce(sum(amount_fen), 0) AS held FROM fund_reservation
    WHERE hospital_id = ${tx.hospitalId} AND mchid = ${mchid} AND state = 'held'`.execute(tx.sql)
  return fen(Number(rows[0]?.held ?? 0))
}
