import { DAY_MS, formatShanghai, shanghaiDay } from '@zhangyi/core'
import { commonTexts as texts } from '../texts/common.ts'

/** 「明天 21:37」; a day further away is named. */
export function dueWords(ms: number, nowMs: number): string {
  const day = shanghaiDay(ms)
  const hour = formatShanghai(ms).slice(11, 16)
  if (day === shanghaiDay(nowMs)) return `${texts.today} ${hour}`
  if (day === shanghaiDay(nowMs + DAY_MS)) return `${texts.tomorrow} ${hour}`
  return `${texts.dayOf(Number(day.slice(5, 7)), Number(day.slice(8)))} ${hour}`
}
