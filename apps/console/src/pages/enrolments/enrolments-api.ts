import { get, post, type Query } from '../../api/request.ts'

export interface Flow {
  readonly id: string
  readonly intent: string
  readonly intentName: string
  readonly stage: string
  /** How far it came, in words. */
  readonly step: string
  readonly reason: string | null
  readonly reasonName: string | null
  readonly traceId: string | null
  readonly userId: string
  readonly patientId: string | null
  readonly createdAtMs: number
  readonly changedAtMs: number
}

export interface FlowDetail extends Flow {
  readonly expiresAtMs: number
  /** Masked; not kept once the flow is done. */
  readonly person: {
    readonly name: string
    readonly idType: string
    readonly idNumber: string
    readonly isSelf: boolean
    readonly verified: boolean
    readonly source: string
  } | null
  readonly steps: readonly {
    readonly state: string
    readonly name: string
    readonly isStop: boolean
    readonly code: string | null
    readonly traceId: string | null
    readonly atMs: number
  }[]
  readonly codes: readonly {
    readonly name: string
    readonly outcome: 'yes' | 'no' | 'unknown' | null
    readonly atMs: number
  }[]
  readonly binding: Binding | null
  readonly advice: string
}

export interface Binding {
  readonly patientId: string
  readonly patid: string
  readonly cardId: string
  readonly state: 'due' | 'done' | 'parked'
  readonly attempts: number
  readonly problem: string | null
  readonly nextAtMs: number | null
}

/** The patient that holds an archive, masked. */
export interface HeldBy {
  readonly id: string
  readonly name: string
  readonly idType: string
  readonly idNumber: string
  readonly phone: string | null
  readonly visitCard: string | null
}

export interface UnconfirmedArchive {
  readonly patid: string
  readonly state: string
  readonly createdAtMs: number
  readonly refusedAtMs: number | null
  readonly refusedBy: string | null
  readonly patient: HeldBy | null
}

export interface DataChange {
  readonly id: string
  readonly patientId: string
  readonly patid: string
  readonly state: string
  readonly fields: readonly {
    readonly name: string
    readonly before: string | null
    readonly after: string
  }[]
  readonly tries: number
  readonly problem: string | null
  readonly createdAtMs: number
  readonly settledAtMs: number | null
}

export const enrolmentsApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ flows: readonly Flow[]; next: string | null }>('/enrolments', query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<FlowDetail>(`/enrolments/${encodeURIComponent(id)}`, { hospital }, signal),
  archives: (query: Query, signal: AbortSignal) =>
    get<{ archives: readonly UnconfirmedArchive[]; next: string | null }>(
      '/unconfirmed-archives',
      query,
      signal,
    ),
  decideArchive: (what: 'confirm' | 'refuse', body: { hospital: string; patid: string; reason: string }) =>
    post(`/unconfirmed-archives/${what}`, body),
  changes: (query: Query, signal: AbortSignal) =>
    get<{ changes: readonly DataChange[]; next: string | null }>('/personal-data-changes', query, signal),
  decideChange: (id: string, body: { hospital: string; isChanged: boolean; reason: string }) =>
    post<DataChange>(`/personal-data-changes/${encodeURIComponent(id)}/decide`, body),
  bindings: (query: Query, signal: AbortSignal) =>
    get<{ bindings: readonly Binding[] }>('/card-bindings', query, signal),
  bindAgain: (body: { hospital: string; patientId: string; cardId: string; reason: string }) =>
    post('/card-bindings/again', body),
}
