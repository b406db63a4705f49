import { get, post, type Query } from '../../api/request.ts'

export interface Call {
  readonly id: string
  readonly startedAtMs: number
  readonly durationMs: number
  readonly platform: string
  readonly operation: string
  readonly requestId: string
  readonly traceId: string
  readonly outcome: 'yes' | 'no' | 'unknown'
  readonly code: string
}

/** Masked before it was stored. */
export interface CallDetail extends Call {
  readonly request: unknown
  readonly reply: unknown
  /** A query: asked again it changes nothing. */
  readonly canRequery: boolean
}

export interface FreshOutcome {
  readonly outcome: 'yes' | 'no' | 'unknown'
  readonly code: string
  readonly facts: Readonly<Record<string, string | number | null>>
  readonly traceId: string
}

export const callsApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ calls: readonly Call[]; next: string | null }>('/calls', query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<CallDetail>(`/calls/${encodeURIComponent(id)}`, { hospital }, signal),
  requery: (hospital: string, id: string, reason: string) =>
    post<FreshOutcome>(`/calls/${encodeURIComponent(id)}/requery`, { hospital, reason }),
}
