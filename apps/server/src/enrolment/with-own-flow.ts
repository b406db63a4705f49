import { auditUser } from '../platform/audit/audit-user.ts'
import { ownIdOrNot } from '../platform/audit/own-id.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { currentTraceId } from '../platform/http/trace.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { EnrolmentTables, FlowRow, FlowState } from './flow.ts'
import { recordStep } from './record-step.ts'

export type FlowChange = Partial<
  Omit<FlowRow, 'hospital_id' | 'id' | 'user_id' | 'created_at_ms' | 'trace_id'>
> & {
  /** What the platform or the HIS answered, where that is why; kept with the step. */
  readonly code?: string | undefined
}

/**
 * Runs `fn` with a flow of the session's user, its row locked. Another user's flow is refused as if it did not
 * exist, and the attempt is recorded. A flow past its lifetime goes to the ways on before `fn` sees it.
 */
export async function withOwnFlow<T>(
  { database, clock }: Platform,
  session: Session,
  flowId: string,
  fn: (tx: Tx, flow: FlowRow) => Promise<T>,
): Promise<T> {
  const result = await database.inTransaction(session.hospitalId, async (tx) => {
    const flow = await tx.sql
      .withTables<EnrolmentTables>()
      .selectFrom('enrolment_flow')
      .selectAll()
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', '=', flowId)
      .forUpdate()
      .executeTakeFirst()
    if (flow?.user_id === session.userId)
      return { value: await fn(tx, await expired(tx, flow, clock.nowMs())) }
    auditUser(tx, clock, session.userId, {
      action: 'enrolment.not-your-flow',
      subject: ownIdOrNot(flowId),
    })
    return undefined
  })
  if (!result) throw new AppError('flow-not-yours')
  return result.value
}

async function expired(tx: Tx, flow: FlowRow, nowMs: number): Promise<FlowRow> {
  if (nowMs < flow.expires_at_ms || flow.state === 'done' || flow.state === 'ways-on') return flow
  return changeFlow(tx, flow, { state: 'ways-on', reason: 'expired', platform_url: null }, nowMs)
}

/** Writes a change of a flow whose row is locked by the caller. Leaving the straight way keeps the trace number. */
export async function changeFlow(
  tx: Tx,
  flow: FlowRow,
  { code, ...change }: FlowChange,
  nowMs: number,
): Promise<FlowRow> {
  if (change.state) recordStep(tx, flow.id, { state: change.state, reason: change.reason, code }, nowMs)
  return tx.sql
    .withTables<EnrolmentTables>()
    .updateTable('enrolment_flow')
    .set({
      ...change,
      changed_at_ms: nowMs,
      ...(change.state === 'ways-on' && { trace_id: currentTraceId() }),
    })
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', flow.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Throws unless the flow stands in one of these states: a button pressed twice, or a page from yesterday. */
export function requireState(flow: FlowRow, ...states: readonly FlowState[]): void {
  if (flow.state === 'ways-on' && flow.reason === 'expired') throw new AppError('flow-expired')
  if (!states.includes(flow.state)) throw new AppError('flow-wrong-step')
}
