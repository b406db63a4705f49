import { get, post, type Query } from '../../api/request.ts'

export interface Queue {
  readonly name: string
  /** What it does. */
  readonly zh: string
  readonly waiting: number
  readonly active: number
  readonly failed: number
  readonly lastAtMs: number | null
  readonly lastState: 'completed' | 'failed' | 'cancelled' | null
  readonly everyMinutes: number | null
  readonly nextAtMs: number | null
}

export interface FailedJob {
  readonly id: string
  readonly queue: string
  readonly zh: string
  readonly createdAtMs: number
  readonly failedAtMs: number
  readonly tries: number
  /** The kind of the error; what it said is in the log only. */
  readonly problem: string
}

export const jobsApi = {
  queues: async (signal: AbortSignal) =>
    (await get<{ queues: readonly Queue[] }>('/jobs', {}, signal)).queues,
  failed: (query: Query, signal: AbortSignal) =>
    get<{ jobs: readonly FailedJob[]; next: string | null }>('/jobs/failed', query, signal),
  retry: ({ id, queue }: FailedJob, reason: string) =>
    post(`/jobs/${encodeURIComponent(id)}/retry`, { queue, reason }),
}
