import { addFen, type Fen, MINUTE_MS, subtractFen } from '@zhangyi/core'
import type { FundAccountRow } from '../tables.ts'
import type { TransferSettings } from './payer.ts'

/** An older answer of WeChat's balance is a ledger's figure like any other. */
const FRESH_MS = 2 * MINUTE_MS
/** So long nobody else is sent into a refusal; then somebody may have topped up without a word. */
const DRY_MS = 10 * MINUTE_MS

export type Account = Pick<FundAccountRow, 'balance_fen' | 'source' | 'as_of_ms' | 'dry_since_ms'>

/**
 * - `api`: WeChat's own figure, fresh. - `ledger`: the last known figure, whoever said it, and what we know since.
 * - `attempt`: nobody can say before it is sent.
 */
export type Decider = 'api' | 'ledger' | 'attempt' | 'none'

/** The first probe of the hospital's list that has something to go by. */
export function decidesBy(
  probes: TransferSettings['probe'],
  account: Account | undefined,
  nowMs: number,
): Decider {
  const { source = null, as_of_ms = null } = account ?? {}
  const usable = probes.find((probe) => {
    if (probe === 'attempt') return true
    if (as_of_ms === null) return false
    return probe === 'ledger' || (source === 'api' && nowMs - as_of_ms <= FRESH_MS)
  })
  return usable ?? 'none'
}

/** Sums over the merchant's operation account at one moment. */
export interface Promised {
  /** Noted as paid in since the figure. */
  readonly toppedUpFen: Fen
  /** Held, or paid out since, and not yet left out of the figure because WeChat had locked it before. */
  readonly takenFen: Fen
}

/** What nobody was promised. WeChat's own figure holds every top-up already; a noted one would count twice. */
export function availableFen(
  by: 'api' | 'ledger',
  balanceFen: Fen,
  { toppedUpFen, takenFen }: Promised,
): Fen {
  return subtractFen(by === 'api' ? balanceFen : addFen(balanceFen, toppedUpFen), takenFen)
}

/** 可用余额大于退款金额; equal is not enough unless the hospital says so. */
export function isEnough(available: Fen, amountFen: Fen, equalIsEnough: boolean): boolean {
  return equalIsEnough ? available >= amountFen : available > amountFen
}

export function isDry({ dry_since_ms }: Pick<Account, 'dry_since_ms'>, nowMs: number): boolean {
  return dry_since_ms !== null && nowMs - dry_since_ms < DRY_MS
}
