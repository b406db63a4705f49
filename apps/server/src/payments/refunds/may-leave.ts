import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { findPayoutStop } from '../funds/stop-payouts.ts'
import type { PaymentsRoom } from '../room.ts'
import { changeRefund, type HeldRefund } from './held-refund.ts'

/** WeChat takes partial refunds of one order a minute apart. */
export const APART_MS = MINUTE_MS + SECOND_MS
/** While 总开关 stands: who lifts it does not wait long. */
const STOPPED_MS = 5 * MINUTE_MS

/**
 * Whether a refund may be sent now; if not, it comes again when it may. What was sent before may be sent again at any
 * time: at WeChat it is one refund.
 */
export async function mayLeave(
  tx: Tx,
  { clock }: Pick<PaymentsRoom, 'clock'>,
  { order, refund, attempts, othersSentAtMs }: HeldRefund,
): Promise<boolean> {
  const nowMs = clock.nowMs()
  const newest = attempts.at(-1)
  if (newest && newest.queried_state === null) return true
  // What stands still because of the switch is not looked at in vain: it must not count as unsettled afterwards.
  if (order.purpose === 'deposits' && (await findPayoutStop(tx))) {
    await changeRefund(tx, refund, { looks: 0, next_action_at_ms: nowMs + STOPPED_MS })
    return false
  }
  const waitMs = othersSentAtMs + APART_MS - nowMs
  // A clock that was put back must not hold a refund for longer than that.
  if (waitMs <= 0 || waitMs > APART_MS) return true
  await changeRefund(tx, refund, { next_action_at_ms: nowMs + waitMs })
  return false
}
