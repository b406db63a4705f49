import { type Fen, fen } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsParts } from '../room.ts'
import type { FundAccountRow, PaymentsTables, ReservationRow } from '../tables.ts'
import { findFundAccount, holdFundAccount, promisedSince } from './fund-account.ts'
import { availableFen, decidesBy, isDry, isEnough } from './judge-funds.ts'
import { type Payer, payerOf } from './payer.ts'
import { type FundSubject, lockReservation } from './reservations.ts'

export interface FundRequest extends FundSubject {
  readonly amountFen: Fen
}

/**
 * Promises money of the 运营账户 to one payout, in the caller's transaction, if there is enough that nobody else was
 * promised. Best asked last before the commit: where a figure decides, the merchant's row is held until then. Asked
 * again for the same it is the same; what was freed may be promised again; what was spent throws.
 */
export async function reserveFunds(
  tx: Tx,
  { clock, hospitals }: Pick<PaymentsParts, 'clock' | 'hospitals'>,
  request: FundRequest,
): Promise<'reserved' | 'not-enough'> {
  const payer = payerOf({ hospitals }, tx.hospitalId)
  const nowMs = clock.nowMs()
  const [known, seen] = await Promise.all([lockReservation(tx, request), findFundAccount(tx, payer.mchid)])
  if (isHeld(known, request)) return 'reserved'
  if (!(await hasEnough(tx, payer, seen, request.amountFen, nowMs))) return 'not-enough'
  if (await promise(tx, payer.mchid, request, nowMs)) return 'reserved'
  // Somebody was quicker with the same subject.
  if (isHeld(await lockReservation(tx, request), request)) return 'reserved'
  throw new Error(`the funds of ${request.subject} can not be reserved`)
}

function isHeld(known: ReservationRow | undefined, { subject, amountFen }: FundRequest): boolean {
  if (known?.state === 'spent') throw new Error(`the funds of ${subject} were paid out`)
  if (known?.state !== 'held') return false
  if (known.amount_fen !== amountFen) throw new Error(`another amount is reserved for ${subject}`)
  return true
}

async function hasEnough(
  tx: Tx,
  { mchid, settings }: Payer,
  seen: FundAccountRow | undefined,
  amountFen: Fen,
  nowMs: number,
): Promise<boolean> {
  const first = decidesBy(settings.probe, seen, nowMs)
  if (first === 'none') return false
  // No figure to divide, so nobody has to wait for anybody.
  if (first === 'attempt') return !seen || !isDry(seen, nowMs)
  const account = await holdFundAccount(tx, mchid)
  const by = decidesBy(settings.probe, account, nowMs)
  if (by !== 'api' && by !== 'ledger') return by === 'attempt' && !isDry(account, nowMs)
  const promised = await promisedSince(tx, mchid, account.as_of_ms ?? 0)
  const available = availableFen(by, fen(account.balance_fen ?? 0), promised)
  return isEnough(available, amountFen, settings.equalIsEnough)
}

async function promise(
  tx: Tx,
  mchid: string,
  { purpose, subject, amountFen }: FundRequest,
  nowMs: number,
): Promise<boolean> {
  const held = {
    ...{ mchid, amount_fen: amountFen, reserved_at_ms: nowMs, locked_at_ms: null },
    ...{ state: 'held' as const, ended_at_ms: null },
  }
  const row = await tx.sql
    .withTables<PaymentsTables>()
    .insertInto('fund_reservation')
    .values({ hospital_id: tx.hospitalId, purpose, subject, ...held })
    .onConflict((conflict) =>
      conflict
        .columns(['hospital_id', 'purpose', 'subject'])
        .doUpdateSet(held)
        .where('fund_reservation.state', '=', 'freed'),
    )
    .returning('subject')
    .executeTakeFirst()
  return row !== undefined
}
