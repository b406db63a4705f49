import { listStoppedPayouts } from '../../payments/index.ts'
import type { Tx } from '../../platform/database/tx.ts'
import type { RefundsTables, ReissueRow } from '../tables.ts'
import type { ListedLeg } from './list-open-legs.ts'

/** A leg whose payout does not go on by itself: 退款异常, or WeChat says what does not fit. */
export interface StoppedLeg extends ListedLeg {
  readonly problem: string
}

export async function listStoppedLegs(tx: Tx, limit: number): Promise<readonly StoppedLeg[]> {
  const payouts = await listStoppedPayouts(tx, 'deposits', limit)
  if (payouts.length === 0) return []
  const rows = await listedLegs(tx)
    .where(
      'l.payout_id',
      'in',
      payouts.map(({ id }) => id),
    )
    .execute()
  return payouts.flatMap(({ id, problem }) => {
    const leg = rows.find(({ payout_id }) => payout_id === id)
    return leg ? [{ ...leg, problem }] : []
  })
}

/** A 生成新订单号退款 that waits for a second person. */
export interface WaitingReview {
  readonly leg: ListedLeg
  readonly request: ReissueRow
}

/** Who waits longest first. */
export async function listWaitingReviews(tx: Tx, limit: number): Promise<readonly WaitingReview[]> {
  const requests = await tx.sql
    .withTables<RefundsTables>()
    .selectFrom('reissue_request')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('state', '=', 'waiting')
    .orderBy('asked_at_ms')
    .orderBy('id')
    .limit(limit)
    .execute()
  if (requests.length === 0) return []
  const rows = await listedLegs(tx)
    .where(
      'l.id',
      'in',
      requests.map(({ leg_id }) => leg_id),
    )
    .execute()
  return requests.flatMap((request) => {
    const leg = rows.find(({ id }) => id === request.leg_id)
    return leg ? [{ leg, request }] : []
  })
}

/** Legs with the way of their cases, as lists show them. */
export function listedLegs(tx: Tx) {
  return tx.sql
    .withTables<RefundsTables>()
    .selectFrom('refund_leg as l')
    .innerJoin('refund_case as c', (join) =>
      join.onRef('c.hospital_id', '=', 'l.hospital_id').onRef('c.id', '=', 'l.case_id'),
    )
    .selectAll('l')
    .select('c.way')
    .where('l.hospital_id', '=', tx.hospitalId)
}
