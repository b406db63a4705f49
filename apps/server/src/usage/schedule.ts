import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, startOfShanghaiDay } from '@zhangyi/core'

/** 当日 23 点前完成当日数据上报. */
export const CUTOFF_MS = 23 * HOUR_MS

export interface DeliveryTimes {
  readonly mode: 'real-time' | 'scheduled'
  /** `HH:mm` of a Shanghai day. */
  readonly runs: readonly string[]
}

/** Whether a use happened when its own day's reporting was over: such go in real time and are counted apart. */
export function isAfterCutoff(occurredAtMs: number): boolean {
  return occurredAtMs - startOfShanghaiDay(occurredAtMs) >= CUTOFF_MS
}

/** Until when an event is in time: 23:00 of its day, or of the next for what happened after that. */
export function deadlineOf(occurredAtMs: number): number {
  const ownMs = startOfShanghaiDay(occurredAtMs) + CUTOFF_MS
  return isAfterCutoff(occurredAtMs) ? ownMs + DAY_MS : ownMs
}

/**
 * When an event is sent first. By schedule: at the next run of its day; after the last run, and for days that are over,
 * at once, because waiting would only make it late.
 */
export function firstDueAtMs({ mode, runs }: DeliveryTimes, occurredAtMs: number, nowMs: number): number {
  if (mode === 'real-time' || isAfterCutoff(occurredAtMs)) return nowMs
  const dayMs = startOfShanghaiDay(nowMs)
  if (occurredAtMs < dayMs) return nowMs
  const next = runs.map((run) => dayMs + sinceMidnight(run)).filter((runMs) => runMs >= nowMs)
  return next.length === 0 ? nowMs : Math.min(...next)
}

export function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * HOUR_MS + minutes * MINUTE_MS
}

// A platform that is down for an hour is asked some dozens of times, not thousands.
const BACKOFF_MS = [
  ...[5 * SECOND_MS, 15 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS],
  ...[15 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS],
]
/** So many tries must still fit between now and the deadline. */
const TRIES_LEFT = 6
const SHORTEST_MS = 5 * SECOND_MS

/** How long to wait after the `failed`th failure (from 1): shorter towards the deadline, so that urgent ones come first. */
export function backoffMs(failed: number, nowMs: number, deadlineMs: number): number {
  const usual = BACKOFF_MS[Math.min(failed, BACKOFF_MS.length) - 1] ?? SHORTEST_MS
  if (nowMs >= deadlineMs) return usual
  return Math.min(usual, Math.max(SHORTEST_MS, Math.floor((deadlineMs - nowMs) / TRIES_LEFT)))
}
