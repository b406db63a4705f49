import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { badInput } from '../platform/errors/catalogue.ts'

export interface DayRange {
  /** `yyyy-MM-dd`, both days included, by the Shanghai calendar. */
  readonly from: string
  readonly to: string
}

const FIRST_DAY = '1900-01-01'
const DEFAULT_DAYS = 365
// Three years with their leap day.
export const MAX_DAYS = 3 * 365 + 1

/** The days asked for; the last 365 when none is named. Throws `bad-input` with the field that is wrong. */
export function dayRange(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  nowMs: number,
): DayRange {
  const lastDay = to === undefined ? shanghaiDay(nowMs) : checkedDay('to', to)
  const firstDay = from === undefined ? dayBefore(lastDay, DEFAULT_DAYS - 1) : checkedDay('from', from)
  if (firstDay > lastDay) throw badInput({ field: 'from', message: '开始日期不能晚于结束日期，请重新选择' })
  if (firstDay < dayBefore(lastDay, MAX_DAYS - 1))
    throw badInput({ field: 'from', message: '一次最多查三年，请缩短日期范围，分几次查' })
  return { from: firstDay, to: lastDay }
}

/** The longest range that ends today. */
export function longestRange(nowMs: number): DayRange {
  const to = shanghaiDay(nowMs)
  return { from: dayBefore(to, MAX_DAYS - 1), to }
}

function checkedDay(field: string, text: string): string {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // `2026-02-30` becomes another day instead of an error.
  // Before the first year that a person alive was born in, a day less could leave four digits.
  if (Number.isNaN(ms) || text < FIRST_DAY || new Date(ms).toISOString().slice(0, 10) !== text)
    throw badInput({ field, message: '日期不正确，请按“年-月-日”选择' })
  return text
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10)
}
