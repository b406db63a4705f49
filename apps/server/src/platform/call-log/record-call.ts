import type { HospitalId } from '@zhangyi/core'
import type { Database } from '../database/database.ts'

/** One outside call as the log keeps it. `request` and `reply` were masked by the client that made the call. */
export interface OutsideCall {
  readonly startedAtMs: number
  readonly durationMs: number
  readonly platform: string
  readonly operation: string
  readonly requestId: string
  readonly traceId: string
  readonly outcome: 'yes' | 'no' | 'unknown'
  readonly code: string
  readonly request: Readonly<Record<string, unknown>>
  readonly reply: Readonly<Record<string, unknown>> | undefined
}

type CallLogTables = {
  outside_call: {
    hospital_id: string
    started_at_ms: number
    duration_ms: number
    platform: string
    operation: string
    request_id: string
    trace_id: string
    outcome: string
    code: string
    request: string
    reply: string | null
  }
}

/** Keeps one outside call; a failure to log is told to `onError` and never fails the call itself. */
export async function recordCall(
  database: Database,
  hospitalId: HospitalId,
  call: OutsideCall,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    await database.inTransaction(hospitalId, (tx) => {
      tx.changed('calls')
      return tx.sql
        .withTables<CallLogTables>()
        .insertInto('outside_call')
        .values({
          hospital_id: hospitalId,
          started_at_ms: call.startedAtMs,
          duration_ms: Math.round(call.durationMs),
          platform: call.platform,
          operation: call.operation,
          request_id: call.requestId,
          trace_id: call.traceId,
          outcome: call.outcome,
          code: call.code,
          request: JSON.stringify(call.request),
          reply: call.reply === undefined ? null : JSON.stringify(call.reply),
        })
        .execute()
    })
  } catch (error) {
    onError(error)
  }
}
