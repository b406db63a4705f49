import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import type { TransferState as WechatState } from '@zhangyi/wechat-pay'
import { AFTER_TELLING_MS, pauseAfter } from '../back-off.ts'
import type { AttemptRow, TransferRow } from '../tables.ts'
import type { TransferState } from './transfer.ts'

/** The last pause repeats: it is the state that ends the looking, not the clock. */
const PAUSES_MS = [30 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS]
/** From then on WeChat closes what was not confirmed, at some time: seen after 48 minutes and after more than an hour. */
const CLOSING_AFTER_MS = DAY_MS
const WHILE_CLOSING_MS = 5 * MINUTE_MS
/** WeChat answers queries no longer; the bill decides. */
const QUERIED_FOR_MS = 30 * DAY_MS
/** Nothing of it was sent: a person stopped all payouts, and resuming them wakes it. */
const WHILE_STOPPED_MS = 5 * MINUTE_MS
/** WeChat wants create and query of a number apart, and the other sender's answer is in by then. */
const APART_MS = 30 * SECOND_MS
/** A rate limit or a broken connection is over by then; a wrong key is not. */
const MAX_LOOKS_NOT_ACCEPTED = 4

const OPEN: ReadonlySet<TransferState> = new Set(['under-way', 'to-confirm', 'needs-person'])

/** Whether WeChat may still say something that changes it. */
export function isOpen({ state }: Pick<TransferRow, 'state'>): boolean {
  return OPEN.has(state)
}

/** What WeChat's word for a bill means here. */
export const STATE_OF: Readonly<Record<WechatState, 'under-way' | 'to-confirm' | 'not-paid' | 'done'>> = {
  ACCEPTED: 'under-way',
  PROCESSING: 'under-way',
  WAIT_USER_CONFIRM: 'to-confirm',
  TRANSFERING: 'under-way',
  CANCELING: 'under-way',
  SUCCESS: 'done',
  FAIL: 'not-paid',
  CANCELLED: 'not-paid',
}

/** WeChat took the money out of the operation account for it. */
export function isLocked(state: WechatState): boolean {
  return state === 'WAIT_USER_CONFIRM' || state === 'TRANSFERING' || state === 'CANCELING'
}

/** WeChat holds no money for it yet: the same bytes may move it on. */
export function isWaitingForFunds(state: WechatState | null): boolean {
  return state === 'ACCEPTED' || state === 'PROCESSING'
}

export function isCancellable(state: WechatState): boolean {
  return isWaitingForFunds(state) || state === 'WAIT_USER_CONFIRM'
}

export type Sent = Pick<AttemptRow, 'state' | 'doubtful' | 'last_class' | 'queried_state'>

/**
 * What NOT_FOUND proves of a number.
 *
 * - `wait`: WeChat accepted it, or was once seen to know it: it is there.
 * - `again`: nobody can say; the same bytes under the same number can do no harm.
 * - `refused`, `not-funded`: every sending was answered with a definite refusal, so there is no bill.
 */
export function judgeAbsence(
  { state, doubtful, last_class, queried_state }: Sent,
  looks: number,
): 'wait' | 'again' | 'refused' | 'not-funded' {
  if (state === 'yes' || queried_state !== null) return 'wait'
  // Asked and not answered, or one of the sendings before was not: it may have been accepted.
  if (doubtful || state === 'asked') return 'again'
  if (state === 'no') return 'refused'
  if (last_class === 'waiting-for-funds') return 'not-funded'
  if (last_class === 'not-accepted') return looks > MAX_LOOKS_NOT_ACCEPTED ? 'refused' : 'again'
  return 'again'
}

export function mayRepeat({ sent_at_ms }: Pick<AttemptRow, 'sent_at_ms'>, nowMs: number): boolean {
  return sent_at_ms === null || nowMs - sent_at_ms >= APART_MS
}

export function isPastQuery({ sent_at_ms }: Pick<TransferRow, 'sent_at_ms'>, nowMs: number): boolean {
  return sent_at_ms !== null && nowMs - sent_at_ms >= QUERIED_FOR_MS
}

export function nextLookMs(
  { state, looks, sent_at_ms }: Pick<TransferRow, 'state' | 'looks' | 'sent_at_ms'>,
  nowMs: number,
): number {
  if (state === 'needs-person') return nowMs + pauseAfter(looks, AFTER_TELLING_MS)
  if (sent_at_ms === null) return nowMs + WHILE_STOPPED_MS
  const closingMs = sent_at_ms + CLOSING_AFTER_MS
  if (nowMs >= closingMs) return nowMs + WHILE_CLOSING_MS
  return Math.min(nowMs + pauseAfter(looks, PAUSES_MS), closingMs)
}
