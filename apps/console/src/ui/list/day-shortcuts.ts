import { DAY_MS, shanghaiDay } from '@zhangyi/core'

/** Ranges that are asked for every day, by the calendar of Shanghai. */
export function dayShortcuts(nowMs = Date.now()) {
  const range = (name: string, firstMs: number, lastMs = nowMs) => ({
    text: name,
    value: () => [dayAt(firstMs), dayAt(lastMs)] as [Date, Date],
  })
  return [
    range('今天', nowMs),
    range('昨天', nowMs - DAY_MS, nowMs - DAY_MS),
    range('近 7 天', nowMs - 6 * DAY_MS),
    range('近 30 天', nowMs - 29 * DAY_MS),
  ]
}

/** The picker counts in the screen's own time zone: midnight there of the day that it is in Shanghai. */
function dayAt(ms: number): Date {
  return new Date(`${shanghaiDay(ms)}T00:00:00`)
}
