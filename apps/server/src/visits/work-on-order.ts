import { assertNever, type HospitalId } from '@zhangyi/core'
import { settlePayment } from '../payments/index.ts'
import { queryCancel } from './cancel-order.ts'
import { changeOrder, lookAgain } from './change-order.ts'
import { lapse } from './give-up-order.ts'
import { askToLock, keptBy } from './lock-slot.ts'
import type { OrderRow } from './order-row.ts'
import { backoffMs } from './own-time.ts'
import { postOrder } from './post-order.ts'
import { queryPosting } from './query-posting.ts'
import { releaseOrder } from './release-order.ts'
import type { VisitsRoom } from './room.ts'
import { settleCancel } from './settle-cancel.ts'
import { settlePosting } from './settle-posting.ts'

// About an hour: by then a slot that may be kept has been given back by the HIS itself.
const MAX_LOCK_TRIES = 8

/** The next step of an order that was claimed: nobody else works on it while the claim lasts. */
export async function workOnOrder(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<void> {
  const { database } = room
  switch (order.state) {
    case 'locking':
      return giveBackLock(room, hospitalId, order)
    case 'to-pay':
      return database.inTransaction(hospitalId, async (tx) => void (await lapse(tx, room, order)))
    case 'closing':
      return askForEnd(room, hospitalId, order)
    case 'unlocking':
      return releaseOrder(room, hospitalId, order)
    case 'paid':
      return postOrder(room, hospitalId, order.id)
    case 'posting': {
      const outcome = await queryPosting(room, hospitalId, order)
      return database.inTransaction(hospitalId, (tx) => settlePosting(tx, room, order, outcome))
    }
    case 'cancelling': {
      const outcome = await queryCancel(room, hospitalId, order)
      return database.inTransaction(
        hospitalId,
        async (tx) => void (await settleCancel(tx, room, order, outcome)),
      )
    }
    case 'closed':
    case 'done':
    case 'refunding':
    case 'refunded':
    case 'cancel-refunding':
    case 'cancelled':
      return undefined
    default:
      return assertNever(order.state, 'state')
  }
}

/** The patient who wanted it is gone without an answer: what the HIS may have kept is asked for again, and given back. */
async function giveBackLock(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<void> {
  const outcome = await askToLock(room, hospitalId, order)
  const nowMs = room.clock.nowMs()
  const after = await room.database.inTransaction(hospitalId, async (tx) => {
    if (outcome.kind === 'yes')
      return changeOrder(tx, order, 'abandoned', { ...keptBy(outcome.value), changed_at_ms: nowMs })
    if (outcome.kind === 'no' || order.tries >= MAX_LOCK_TRIES)
      return changeOrder(tx, order, 'not-locked', {
        last_problem: lastProblem(outcome),
        changed_at_ms: nowMs,
      })
    await lookAgain(tx, order, {
      ...{ last_problem: lastProblem(outcome), next_action_at_ms: nowMs + backoffMs(order.tries) },
    })
    return undefined
  })
  if (after?.state === 'unlocking') await releaseOrder(room, hospitalId, after)
}

function lastProblem(outcome: Awaited<ReturnType<typeof askToLock>>): string {
  return outcome.kind === 'no' ? `no ${outcome.code}` : outcome.kind
}

/** What WeChat says arrives as an event, which moves the order; here only the next look is set. */
async function askForEnd(room: VisitsRoom, hospitalId: HospitalId, order: OrderRow): Promise<void> {
  const next_action_at_ms = room.clock.nowMs() + backoffMs(order.tries)
  await room.database.inTransaction(hospitalId, (tx) =>
    lookAgain(tx, order, { last_problem: 'payment not closed yet', next_action_at_ms }),
  )
  if (order.payment_order_id !== null) await settlePayment(room, hospitalId, order.payment_order_id)
}
