import { addFen, type Fen, fen } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import type { PaymentsParts } from '../room.ts'
import { findFundAccount, promisedSince } from './fund-account.ts'
import { type Account, availableFen, decidesBy, isEnough } from './judge-funds.ts'
import { payerOf } from './payer.ts'

/**
 * Which of these amounts `reserveFunds` would promise now, one after the other in this order; one that does not fit is
 * passed over. Promises nothing, and waits for nobody. `nobody-knows`: there is no figure, and nothing speaks against
 * trying. Stricter than a reservation in one thing: once WeChat refused, only something newer speaks for funds, never
 * that time passed.
 */
export async function judgeFundable(
  tx: Tx,
  { clock, hospitals }: Pick<PaymentsParts, 'clock' | 'hospitals'>,
  amounts: readonly Fen[],
): Promise<readonly boolean[] | 'nobody-knows'> {
  const { mchid, settings } = payerOf({ hospitals }, tx.hospitalId)
  const account = await findFundAccount(tx, mchid)
  const by = decidesBy(settings.probe, account, clock.nowMs())
  const none = amounts.map(() => false)
  if (by === 'none' || (account && isRefusedSince(account, by))) return none
  if (by === 'attempt') return 'nobody-knows'
  const promised = await promisedSince(tx, mchid, account?.as_of_ms ?? 0)
  const available = availableFen(by, fen(account?.balance_fen ?? 0), promised)
  return fitting(available, amounts, settings.equalIsEnough)
}

/** WeChat said NOT_ENOUGH, and the figure that decides is not from after that. */
function isRefusedSince({ dry_since_ms, as_of_ms }: Account, by: 'api' | 'ledger' | 'attempt'): boolean {
  if (dry_since_ms === null) return false
  return by === 'attempt' || as_of_ms === null || as_of_ms <= dry_since_ms
}

function fitting(available: Fen, amounts: readonly Fen[], equalIsEnough: boolean): readonly boolean[] {
  let takenFen = fen(0)
  return amounts.map((amountFen) => {
    const withIt = addFen(takenFen, amountFen)
    const fits = isEnough(available, withIt, equalIsEnough)
    if (fits) takenFen = withIt
    return fits
  })
}
