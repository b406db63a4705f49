import type { Tx } from '../platform/database/tx.ts'
import { currentTraceId } from '../platform/http/trace.ts'
import type { EnrolmentTables, FlowState } from './flow.ts'
import type { Reason } from './flow-view.ts'

const MAX_CODE = 60

interface Step {
  readonly state: FlowState
  readonly reason?: Reason | null | undefined
  readonly code?: string | undefined
}

/** What happened in a flow, for the operators' timeline; in the transaction in which the flow moves. */
export function recordStep(tx: Tx, flowId: string, { state, reason, code }: Step, nowMs: number): void {
  tx.changed('enrolments')
  tx.later(
    tx.sql
      .withTables<EnrolmentTables>()
      .insertInto('enrolment_step')
      .values({
        ...{ hospital_id: tx.hospitalId, flow_id: flowId, state, reason: reason ?? null },
        ...{ code: code?.slice(0, MAX_CODE) ?? null, trace_id: currentTraceId(), at_ms: nowMs },
      }),
  )
}
