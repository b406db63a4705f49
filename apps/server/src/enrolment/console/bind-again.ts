import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { CARD_BINDING_WORK } from '../bind-cards.ts'
import type { EnrolmentTables } from '../flow.ts'
import type { EnrolmentRoom } from '../room.ts'

export interface BindAgain {
  readonly patientId: string
  readonly cardId: string
  readonly reason: string
}

/** Both sides may be told twice without harm, so a binding that was given up for a while is simply tried from the start. */
export async function bindAgain(
  tx: Tx,
  { clock, jobs }: Pick<EnrolmentRoom, 'clock' | 'jobs'>,
  operator: string,
  { patientId, cardId, reason }: BindAgain,
): Promise<void> {
  const nowMs = clock.nowMs()
  const row = await tx.sql
    .withTables<EnrolmentTables>()
    .updateTable('card_binding')
    .set({ state: 'due', attempts: 0, next_action_at_ms: nowMs })
    .where('hospital_id', '=', tx.hospitalId)
    .where('patient_id', '=', patientId)
    .where('health_card_id', '=', cardId)
    .where('state', '=', 'parked')
    .returning('patient_id')
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { zh: '没有这个停下的绑定，可能已经有人处理，请刷新。' })
  recordAudit(tx, {
    ...{ atMs: nowMs, actor: `operator:${operator}`, action: 'enrolment.bound-again', subject: patientId },
    ...{ traceId: currentTraceId(), detail: { reason } },
  })
  await jobs.wake(tx, CARD_BINDING_WORK)
}
