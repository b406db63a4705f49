import { z } from 'zod'
import { isOver } from '../claim-query.ts'
import {
  adviceOf,
  EXPIRED,
  FETCH_CODE,
  faceAdviceSchema,
  NOT_THE_PERSON,
  PLATFORM_REFUSED,
  STILL_ASKING,
} from '../face-advice.ts'
import type { FaceCheckRow, FaceRoom } from '../face-check.ts'
import { isTaken } from '../face-check-rows.ts'

/**
 * How the check of a platform's order stands. `verified`: passed, bring a fresh wechatCode so that the platform can be
 * told. `pending`: not known yet, ask again. `passed` and `failed` lead back to the platform.
 */
export const orderSettlementSchema = z.object({
  state: z.enum(['verified', 'passed', 'failed', 'pending']),
  verifyOrderId: z.string().nullable().describe('带回平台的验证订单号；没有通过时为 null，带回 -1'),
  advice: faceAdviceSchema.nullable(),
})
export type OrderSettlement = z.infer<typeof orderSettlementSchema>

export function orderSettlement({ cipher, clock }: FaceRoom, row: FaceCheckRow): OrderSettlement {
  const answer = (state: OrderSettlement['state'], advice: OrderSettlement['advice']) => ({
    ...{ state, advice, verifyOrderId: null },
  })
  const nowMs = clock.nowMs()
  if (row.state === 'passed' && row.verify_order_id !== null) {
    const verifyOrderId = cipher.open(row.verify_order_id, 'face_check.verify_order_id').reveal()
    return { state: 'passed', verifyOrderId, advice: null }
  }
  if (row.state === 'failed') return answer('failed', failure(row))
  if (row.state === 'unstarted' || isOver(row, nowMs)) return answer('failed', EXPIRED)
  if (isTaken(row, nowMs)) return answer('pending', STILL_ASKING)
  const told = row.state === 'verified' || row.state === 'reporting' || row.state === 'unknown'
  return told ? answer('verified', FETCH_CODE) : answer('pending', STILL_ASKING)
}

function failure({ result_code: code, code_index: told, method }: FaceCheckRow) {
  if (told !== null) return PLATFORM_REFUSED
  return method === 'ncidas' ? NOT_THE_PERSON : adviceOf(code ?? -1)
}
