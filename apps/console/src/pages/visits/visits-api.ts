import { get, post, type Query } from '../../api/request.ts'
import type { Tone } from '../../ui/state-words.ts'

export type VisitKind = 'appointment' | 'same-day' | 'outpatient-fee'

export interface Visit {
  readonly id: string
  readonly kind: VisitKind
  readonly state: string
  /** Why it needs a person. */
  readonly trouble: string | null
  /** Masked. */
  readonly patientName: string
  readonly title: string
  readonly feeFen: number
  readonly createdAtMs: number
  readonly changedAtMs: number
  readonly hisNumber: string | null
  readonly outTradeNo: string | null
  readonly transactionId: string | null
}

export interface VisitRefund {
  readonly id: string
  readonly amountFen: number
  readonly state: string
  readonly problem: string | null
  /** Whither it goes, in WeChat's words. */
  readonly account: string | null
  readonly number: string | null
  readonly doneAtMs: number | null
}

export interface VisitDetail extends Visit {
  readonly todo: string | null
  readonly channel: 'mini-program' | 'official-account'
  readonly departmentName: string
  readonly visit: {
    readonly doctorName: string | null
    readonly day: string
    readonly period: 'morning' | 'afternoon' | 'evening'
    readonly startsAt: string | null
    readonly queueNumber: string | null
  } | null
  readonly bills: { readonly count: number; readonly receiptNumber: string | null } | null
  readonly expiresAtMs: number | null
  readonly lastProblem: string | null
  readonly nextActionAtMs: number | null
  readonly payment: {
    readonly state: string
    readonly problem: string | null
    /** When somebody said that it was dealt with. */
    readonly problemDoneAtMs: number | null
  } | null
  readonly refunds: readonly VisitRefund[]
  readonly steps: readonly {
    readonly key: string
    readonly atMs: number
    readonly text: string
    readonly note: string | null
    readonly tone: Tone | null
  }[]
  /** Somebody can be asked what became of it; nothing is asked for anew. */
  readonly canLook: boolean
}

export const visitsApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ visits: readonly Visit[]; next: string | null }>('/visits', query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<VisitDetail>(`/visits/${encodeURIComponent(id)}`, { hospital }, signal),
  problemDone: (hospital: string, id: string, body: { problem: string; reason: string }) =>
    post<VisitDetail>(`/visits/${encodeURIComponent(id)}/problem-done`, { hospital, ...body }),
  look: (hospital: string, id: string, reason: string) =>
    post<VisitDetail>(`/visits/${encodeURIComponent(id)}/look`, { hospital, reason }),
}
