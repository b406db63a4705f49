import { get, post, type Query } from '../../api/request.ts'
import type { WindowWay } from './refund-words.ts'

export interface ListedLeg {
  readonly legId: string
  readonly route: 'original' | 'transfer'
  readonly amountFen: number
  /** One of the states of `refund` in the dictionary. */
  readonly shown: string
  readonly why: string | null
  readonly changedAtMs: number
  readonly payoutNumber: string | null
  readonly wechatNumber: string | null
  readonly waitsForReview: boolean
}

export interface ListedCase {
  readonly id: string
  readonly way: 'original' | 'face'
  readonly channel: 'mini-program' | 'official-account'
  /** Masked. */
  readonly patientName: string
  readonly cardNumber: string
  readonly amountFen: number
  readonly createdAtMs: number
  readonly legs: readonly ListedLeg[]
}

export interface Attempt {
  readonly number: string
  readonly kind: 'create' | 'abnormal'
  readonly createdAtMs: number
  readonly sentAtMs: number | null
  readonly sendings: number
  readonly state: string
  readonly queriedState: string | null
  readonly lastProblem: string | null
  readonly requestId: string | null
  readonly replaces: string | null
}

export interface BillReview {
  readonly paid: boolean
  readonly billFrom: string
  readonly billTo: string
  readonly billLine: number | null
  readonly reason: string
  readonly askedBy: string
  readonly askedAtMs: number
}

/** How the hospital itself handed a sum over. */
export interface WindowFacts {
  readonly how: WindowWay
  readonly voucher: string
  readonly paidOn: string
}

export interface WindowReview extends WindowFacts {
  readonly reason: string
  readonly askedBy: string
  readonly askedAtMs: number
}

/** What may be done now; the server looks again at each. */
export interface LegActs {
  readonly reissue: 'now' | 'second' | null
  readonly review: { readonly askedBy: string; readonly reason: string; readonly askedAtMs: number } | null
  readonly mayDecide: boolean
  readonly giveBack: boolean
  readonly abnormal: boolean
  readonly bill: 'now' | 'second' | null
  readonly billReview: BillReview | null
  readonly window: boolean
  readonly windowReview: WindowReview | null
  /** What WeChat said against its end, as long as nobody dealt with it. */
  readonly contradiction: string | null
  readonly barred: string | null
}

export interface LegDetail {
  readonly legId: string
  readonly route: 'original' | 'transfer'
  readonly amountFen: number
  readonly shown: string
  readonly meaning: string | null
  readonly hisMode: 'hold' | 'deduct'
  readonly hisNumber: string | null
  readonly sums: {
    readonly heldFen: number
    readonly confirmedFen: number
    readonly releasedFen: number
    readonly inTransitFen: number
  }
  readonly payoutNumber: string | null
  readonly wechatNumber: string | null
  readonly account: string | null
  readonly paidAtMs: number | null
  readonly oneSidedAtMs: number | null
  readonly taskAtMs: number | null
  readonly receipt: string | null
  readonly bill: { readonly sentAtMs: number | null }
  readonly window: (WindowFacts & { readonly askedBy: string; readonly decidedBy: string | null }) | null
  readonly acts: LegActs
  readonly history: readonly {
    readonly atMs: number
    readonly what: string
    readonly who: string
    readonly why: string | null
    readonly state: string | null
  }[]
  readonly attempts: readonly Attempt[]
}

export interface CaseDetail extends Omit<ListedCase, 'legs'> {
  readonly state: 'open' | 'closed'
  readonly balanceFen: number
  readonly closedAtMs: number | null
  readonly secondPersonFromFen: number
  readonly legs: readonly LegDetail[]
  readonly journal: readonly JournalLine[]
  readonly notices: readonly {
    readonly kind: string
    readonly state: string
    readonly channel: string | null
    readonly problem: string | null
    readonly createdAtMs: number
  }[]
}

export interface JournalLine {
  readonly posting: string
  readonly line: number
  readonly account: string
  readonly amountFen: number
  readonly atMs: number
}

export interface Stop {
  readonly sinceMs: number
  readonly by: string
  readonly reason: string
}

export interface Summary {
  readonly counts: { readonly 'one-sided': number; readonly overdue: number; readonly 'in-transit': number }
}

interface Done {
  readonly state: string
}

export interface BillFacts {
  readonly paid: boolean
  readonly billFrom: string
  readonly billTo: string
  readonly billLine: number | null
  readonly reason: string
}

const legPath = (legId: string) => `/refunds/legs/${encodeURIComponent(legId)}`

export const refundsApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ cases: readonly ListedCase[]; next: string | null }>('/refunds/cases', query, signal),
  summary: (hospital: string, signal: AbortSignal) => get<Summary>('/refunds/summary', { hospital }, signal),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<CaseDetail>(`/refunds/cases/${encodeURIComponent(id)}`, { hospital }, signal),
  reissue: (hospital: string, legId: string, reason: string) =>
    post<Done>(`${legPath(legId)}/reissue`, { hospital, reason }),
  decide: (hospital: string, legId: string, agrees: boolean, reason: string) =>
    post<Done>(`${legPath(legId)}/reissue/decision`, { hospital, agrees, reason }),
  giveBack: (hospital: string, legId: string, reason: string) =>
    post<Done>(`${legPath(legId)}/give-back`, { hospital, reason }),
  mendAbnormal: (
    hospital: string,
    legId: string,
    card: { bankType: string; bankAccount: string; reason: string },
  ) => post<Done>(`${legPath(legId)}/abnormal`, { hospital, ...card }),
  settleByBill: (hospital: string, legId: string, facts: BillFacts) =>
    post<Done>(`${legPath(legId)}/bill`, { hospital, ...facts }),
  decideBill: (hospital: string, legId: string, agrees: boolean) =>
    post<Done>(`${legPath(legId)}/bill/decision`, { hospital, agrees }),
  payAtWindow: (hospital: string, legId: string, facts: WindowFacts & { readonly reason: string }) =>
    post<Done>(`${legPath(legId)}/window`, { hospital, ...facts }),
  decideWindow: (hospital: string, legId: string, agrees: boolean) =>
    post<Done>(`${legPath(legId)}/window/decision`, { hospital, agrees }),
  contradictionDone: (hospital: string, legId: string, body: { contradiction: string; reason: string }) =>
    post<Done>(`${legPath(legId)}/contradiction-done`, { hospital, ...body }),
  receiptAddress: (hospital: string, legId: string) =>
    `/api/v1/console${legPath(legId)}/receipt?${new URLSearchParams({ hospital })}`,
}
