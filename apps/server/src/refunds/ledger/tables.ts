import { sql } from 'kysely'
import type { BalanceProblem } from './problems.ts'

export type BalanceSource = 'file' | 'query'

/** How it went back: to the account that had paid, by transfer to WeChat, through an application on paper, or at the window
 * where a transfer came to no end. */
export const REFUNDED_WAYS = ['original', 'transfer', 'offline', 'window'] as const
export type RefundedWay = (typeof REFUNDED_WAYS)[number]

// Types, not interfaces: Kysely asks for an index signature.
export type BalanceRow = {
  hospital_id: string
  patid: string
  person: Buffer
  id_index: Buffer | null
  card_index: Buffer | null
  balance_fen: number
  since: string | null
  source: BalanceSource
  run_id: string
  first_told_at_ms: number | null
  told_at_ms: number | null
  told_how: string | null
  refunded_fen: number
  refunded_at_ms: number | null
  refunded_ways: RefundedWay[]
  elsewhere_fen: number
  cleared_at_ms: number | null
  problems: BalanceProblem[]
  asked_at_ms: number | null
  asked_problem: string | null
  created_at_ms: number
  updated_at_ms: number
}

/** Of a `BalanceRow`: its day as text, which the driver would make a moment of its own time zone. */
export const BALANCE_COLUMNS = sql`*, since::text AS since`

export type BalanceRunRow = {
  hospital_id: string
  id: string
  source: BalanceSource
  state: 'running' | 'done' | 'abandoned'
  by_whom: string
  file_index: Buffer | null
  whole: boolean
  as_of_ms: number
  rows: number
  rows_done: number
  added: number
  changed: number
  cleared: number
  failed: number
  total_fen: number
  started_at_ms: number
  finished_at_ms: number | null
}
