import type { HospitalId } from '@zhangyi/core'
import { noteProblemDone } from '../../payments/index.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { VisitsRoom } from '../room.ts'
import { findVisit } from './find-visit.ts'
import { notFound } from './look-again.ts'

export interface ProblemDone {
  readonly id: string
  /** As whoever marks it saw it. */
  readonly problem: string
  readonly reason: string
}

/** What does not fit a payment was cleared up outside; neither money nor the order changes by saying so. */
export async function markProblemDone(
  { database, clock }: Pick<VisitsRoom, 'database' | 'clock'>,
  hospitalId: HospitalId,
  operator: string,
  { id, problem, reason }: ProblemDone,
): Promise<void> {
  await database.inTransaction(hospitalId, async (tx) => {
    const order = await findVisit(tx, id)
    if (!order) throw notFound()
    const { payment_order_id: orderId } = order
    if (orderId === null || !(await noteProblemDone(tx, clock, { orderId, problem })))
      throw new AppError('order-wrong-step', {
        zh: '这个问题已经有人标记过，或微信支付又有了别的说法。请刷新看现在的状态。',
      })
    recordAudit(tx, {
      ...{ atMs: clock.nowMs(), actor: `operator:${operator}`, action: 'visits.problem-done', subject: id },
      ...{ traceId: currentTraceId(), detail: { problem, reason } },
    })
  })
}
