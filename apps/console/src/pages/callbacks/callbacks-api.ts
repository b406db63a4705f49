import { get, type Query } from '../../api/request.ts'

export interface Callback {
  readonly id: string
  readonly receivedAtMs: number
  readonly platform: string
  readonly kind: string
  readonly signature: string
  readonly number: string
  readonly outcome: string
  readonly code: string
  readonly traceId: string
}

export interface CallbackDetail extends Callback {
  /** Numbers, states and sums; who it was about is not kept. */
  readonly facts: Readonly<Record<string, string | number | null>>
}

export const callbacksApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ callbacks: readonly Callback[]; next: string | null }>('/callbacks', query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<CallbackDetail>(`/callbacks/${encodeURIComponent(id)}`, { hospital }, signal),
}
