import { get, post, postLong } from '../../api/request.ts'

export interface Summary {
  readonly totalCount: number
  readonly totalFen: number
  readonly toldCount: number
  readonly refundedCount: number
  readonly refundedFen: number
  readonly clearedCount: number
  readonly elsewhereFen: number
  readonly openCount: number
  readonly openFen: number
  readonly toCleanCount: number
  readonly toCleanFen: number
  readonly ages: readonly { readonly age: string; readonly count: number; readonly fen: number }[]
}

/** `openCount` and `openFen`: as last counted on the day; null before the first count. */
export interface LedgerDay {
  readonly day: string
  readonly told: number
  readonly refundedCount: number
  readonly refundedFen: number
  readonly cleared: number
  readonly openCount: number | null
  readonly openFen: number | null
}

/** Masked. `key` may stand in an address: it tells nobody who it is. */
export interface Balance {
  readonly key: string
  readonly patid: string
  readonly name: string
  readonly idNumber: string
  readonly phone: string
  readonly card: string
  readonly balanceFen: number
  readonly since: string | null
  readonly source: 'file' | 'query'
  readonly firstToldAtMs: number | null
  readonly toldAtMs: number | null
  readonly toldHow: string | null
  readonly refundedFen: number
  readonly refundedAtMs: number | null
  readonly refundedWays: readonly string[]
  readonly elsewhereFen: number
  readonly clearedAtMs: number | null
  readonly problems: readonly string[]
  readonly askedAtMs: number | null
  readonly askedProblem: string | null
}

export interface BalanceFilter {
  readonly state?: string
  readonly minFen?: number
  readonly sinceBefore?: string
  readonly patid?: string
  readonly idNumber?: string
  readonly card?: string
}

export interface Run {
  readonly id: string
  readonly source: 'file' | 'query'
  readonly state: string
  readonly by: string
  readonly whole: boolean
  readonly asOfMs: number
  readonly rows: number
  readonly done: number
  readonly added: number
  readonly changed: number
  readonly cleared: number
  readonly failed: number
  readonly totalFen: number
  readonly startedAtMs: number
  readonly finishedAtMs: number | null
}

export interface Imported {
  readonly repeated: boolean
  readonly rows: number
  readonly totalFen: number
  readonly added: number
  readonly changed: number
  readonly cleared: number
  readonly toClean: number
}

export interface Refreshed {
  readonly asked: number
  readonly changed: number
  readonly cleared: number
  readonly failed: number
  readonly stopped: boolean
}

export interface BalanceFileWish {
  readonly csv: string
  readonly whole: boolean
  readonly asOfMs?: number
  readonly mayClearMost: boolean
  readonly again: boolean
}

interface BalancesPage {
  readonly balances: readonly Balance[]
  readonly next: string | null
}

const ROOT = '/refunds/ledger'
const PAGE = 50

export const ledgerApi = {
  summary: (hospital: string, signal: AbortSignal) => get<Summary>(`${ROOT}/summary`, { hospital }, signal),
  progress: (hospital: string, from: string, to: string, signal: AbortSignal) =>
    get<{ days: readonly LedgerDay[] }>(`${ROOT}/progress`, { hospital, from, to }, signal),
  runs: (hospital: string, signal: AbortSignal) =>
    get<{ runs: readonly Run[] }>(`${ROOT}/runs`, { hospital }, signal),
  // Asked by POST: what looks for a person stands in no address.
  search: (hospital: string, filter: BalanceFilter, after?: string) =>
    post<BalancesPage>(`${ROOT}/search`, { hospital, filter, limit: PAGE, ...(after && { after }) }),
  toClean: (hospital: string, problem?: string, after?: string) =>
    post<BalancesPage>(`${ROOT}/to-clean`, {
      ...{ hospital, limit: PAGE, ...(problem && { problem }), ...(after && { after }) },
    }),
  import: (hospital: string, file: BalanceFileWish) =>
    postLong<Imported>(`${ROOT}/import`, { hospital, ...file }),
  refresh: (hospital: string, patids?: readonly string[]) =>
    postLong<Refreshed>(`${ROOT}/refresh`, { hospital, ...(patids && { patids }) }),
}
