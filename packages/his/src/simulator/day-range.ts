import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import type { DayRange } from '../balances.ts'

/** Whether an ISO instant lies on a day of the range, by the Shanghai calendar. */
export function inRange(instant: string, { from, to }: DayRange): boolean {
  const day = shanghaiDay(Date.parse(instant))
  return from <= day && day <= to
}

/** `yyyy-MM-dd` so many days after the day of an instant. */
export function dayAfter(ms: number, days: number): string {
  return shanghaiDay(ms + days * DAY_MS)
}

/** The instant of a Shanghai wall-clock time; `time` is `HH:mm`. */
export function instantOf(day: string, time: string): string {
  return new Date(`${day}T${time}:00+08:00`).toISOString()
}

/** For lists that are newest first. */
export function newestFirst<T>(at: (one: T) => string): (left: T, right: T) => number {
  return (left, right) => (at(left) < at(right) ? 1 : at(left) > at(right) ? -1 : 0)
}
