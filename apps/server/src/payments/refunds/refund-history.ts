import type { Tx } from '../../platform/database/tx.ts'
import { findAttempts } from '../attempts/attempts.ts'
import { findRefundRow } from '../find-payments.ts'
import type { AttemptRow } from '../tables.ts'

/** One request to WeChat, as a clerk sees it. */
export interface RefundAttempt {
  /** 商户退款单号. */
  readonly number: string
  /** `abnormal`: 发起异常退款 under the number of the refund. */
  readonly kind: 'create' | 'abnormal'
  readonly createdAtMs: number
  /** The last sending. */
  readonly sentAtMs: number | undefined
  readonly sendings: number
  readonly state: AttemptRow['state']
  /** What a query said last of the number; NOT_FOUND: refused for good, and nothing exists. */
  readonly queriedState: string | undefined
  readonly lastProblem: string | undefined
  /** WeChat's Request-ID of the last answer. */
  readonly requestId: string | undefined
  /** The number that this one replaces; the same one where only its bytes are new. */
  readonly replaces: string | undefined
}

/** Oldest first. */
export async function refundHistory(tx: Tx, refundId: string): Promise<readonly RefundAttempt[]> {
  const { payment_order_id } = await findRefundRow(tx, refundId)
  const attempts = (await findAttempts(tx, payment_order_id)).filter((one) => one.refund_id === refundId)
  return attempts.map((row) => ({
    ...{ number: row.number, kind: row.endpoint === 'refund-abnormal' ? 'abnormal' : 'create' },
    ...{ createdAtMs: row.created_at_ms, sentAtMs: row.sent_at_ms ?? undefined },
    ...{ sendings: row.sendings, state: row.state, queriedState: row.queried_state ?? undefined },
    ...{ lastProblem: row.last_problem ?? undefined, requestId: row.request_id ?? undefined },
    replaces: attempts.find(({ id }) => id === row.replaces)?.number,
  }))
}
