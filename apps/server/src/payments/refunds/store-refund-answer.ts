import { DAY_MS } from '@zhangyi/core'
import { isChannelFault, isDefiniteCode, type RefundAnswer, WechatPayError } from '@zhangyi/wechat-pay'
import type { Tx } from '../../platform/database/tx.ts'
import type { Merchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { AttemptRow, OrderRow, RefundRow } from '../tables.ts'
import { type HeldRefund, holdRefund, noteQueried } from './held-refund.ts'
import {
  endUnpaid,
  isRepeatedForPerson,
  isTooLong,
  postponeRefund,
  settleRefund,
  tellPerson,
} from './settle-refund.ts'

/** `no-answer`: the query failed, which says nothing. */
export type AskedRefund = RefundAnswer | 'not-found' | 'no-answer'

export async function askRefund({ client }: Merchant, number: string): Promise<AskedRefund> {
  try {
    return await client.queryRefund(number)
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return 'no-answer'
  }
}

/** Stores what a query said. Returns the attempt, held, where the same bytes are to be sent again. */
export async function storeRefundAnswer(
  tx: Tx,
  room: PaymentsRoom,
  row: RefundRow,
  asked: AttemptRow,
  answer: AskedRefund,
): Promise<{ readonly held: HeldRefund; readonly again: AttemptRow } | undefined> {
  const held = await holdRefund(tx, row.payment_order_id, row.id)
  const { order, refund } = held
  const attempt = held.attempts.find(({ id }) => id === asked.id) ?? asked
  if (answer !== 'not-found' && answer !== 'no-answer')
    return void (await settleRefund(tx, room, held, attempt, answer))
  // It was sent, or the sending answered, while the question was under way: that nothing is there says nothing of that.
  if (answer === 'not-found' && (attempt.state !== asked.state || attempt.sendings !== asked.sendings))
    return void (await postponeRefund(tx, room, refund))
  const isAlone = answer === 'not-found' && isRefusedSinceLong(order, attempt, room.clock.nowMs())
  if (isAlone) return void (await settleRefused(tx, room, held, attempt))
  const refused = answer === 'not-found' && isRefusedForGood(order, attempt)
  if (refused && order.purpose === 'deposits' && !attempt.doubtful)
    return void (await settleRefused(tx, room, held, attempt))
  if (refused || isTooLong(refund) || isLost(order, refund, answer))
    return void (await tellPerson(tx, room, held, refused ? `refused: ${attempt.last_problem}` : 'unsettled'))
  await postponeRefund(tx, room, refund)
  const mayRepeat = refund.state === 'under-way' || isRepeatedForPerson(refund)
  const again = answer === 'not-found' && mayRepeat && attempt.queried_state === null
  return again ? { held, again: attempt } : undefined
}

/** About a day of sending it again in vain: WeChat says each time that it is not there, and it may yet have been. */
const MAX_LOOKS_IN_VAIN = 40

function isLost({ purpose }: OrderRow, { state, looks }: RefundRow, answer: AskedRefund): boolean {
  return (
    purpose === 'deposits' && answer === 'not-found' && state === 'under-way' && looks > MAX_LOOKS_IN_VAIN
  )
}

// What the channel refuses (key, product, address) is mended without a new number; what the refund says is not.
function isRefusedForGood({ purpose }: OrderRow, attempt: AttemptRow): boolean {
  const { state, last_class, last_problem, doubtful } = attempt
  if (state === 'no') return !isChannelFault(last_problem ?? undefined)
  // A recharge comes from a file. WeChat knows no such payment, or knows it with another amount: as nothing exists under
  // the number, that is what its answer was about, and it does not mend itself.
  const isWrong = last_class === 'not-found' || last_class === 'conflict'
  return purpose === 'deposits' && isWrong && !doubtful
}

/** As long as queries tell of a transfer; what was sent and not answered has arrived by then, or never will. */
const DOUBT_LASTS_MS = 30 * DAY_MS

/**
 * Of deposits: an early sending was never answered, so that no refusal of a later one proves anything by itself. A month
 * of the same refusal, with nothing under the number all the time, does.
 */
function isRefusedSinceLong({ purpose }: OrderRow, attempt: AttemptRow, nowMs: number): boolean {
  const { last_class, doubtful, last_problem, created_at_ms } = attempt
  const isRefused = last_class === 'unknown' && isDefiniteCode('refund-create', last_problem ?? undefined)
  return purpose === 'deposits' && doubtful && isRefused && nowMs - created_at_ms >= DOUBT_LASTS_MS
}

/** Of deposits: refused, in doubt never or no more, and by query nothing exists. */
async function settleRefused(tx: Tx, room: PaymentsRoom, held: HeldRefund, attempt: AttemptRow) {
  const { refund } = held
  const isStrange = refund.problem === 'contradicted' || refund.problem === 'mismatch'
  const mayEnd = refund.state === 'under-way' || (refund.state === 'needs-person' && !isStrange)
  if (!mayEnd || attempt.queried_state !== null) return postponeRefund(tx, room, refund)
  await noteQueried(tx, attempt, 'NOT_FOUND')
  await endUnpaid(tx, room, held, 'refused', attempt.last_problem ?? 'refused')
}
