import { get, type Query } from '../../api/request.ts'

export interface AuditEntry {
  readonly id: number
  readonly atMs: number
  /** `operator:<login name>`, `user:<id>` or `system:<room>`. */
  readonly actor: string
  readonly action: string
  readonly actionName: string
  readonly subject: string
  readonly traceId: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** Each linked entry carries a hash of the one before: nothing can be taken out or changed unseen. */
export interface AuditChain {
  readonly linked: number
  readonly unlinked: number
  readonly lastAtMs: number | null
  readonly head: string | null
  readonly isWhole: boolean
  readonly problem: string | null
}

export const auditApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ entries: readonly AuditEntry[]; next: string | null }>('/audit', query, signal),
  chain: (hospital: string, signal: AbortSignal) => get<AuditChain>('/audit/chain', { hospital }, signal),
}
