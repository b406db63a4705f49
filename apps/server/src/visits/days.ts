import { DAY_MS, isRealDate, shanghaiDay } from '@zhangyi/core'
import { badInput } from '../platform/errors/catalogue.ts'

/** `yyyy-MM-dd`, both days included, by the Shanghai calendar. */
export interface Days {
  readonly from: string
  readonly to: string
}

export interface AskedDays {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

// Three years with their leap day.
const MAX_DAYS = 3 * 365 + 1
const DEFAULT_DAYS = 180

/** The days that can be booked, cut to those asked for; undefined if none of them can. */
export function bookableDays(asked: AskedDays, daysAhead: number, nowMs: number): Days | undefined {
  const today = shanghaiDay(nowMs)
  const lastDay = dayAfter(today, daysAhead)
  const from = later(today, checkedDay('from', asked.from) ?? today)
  const to = earlier(lastDay, checkedDay('to', asked.to) ?? lastDay)
  return from <= to ? { from, to } : undefined
}

/** Days of records: half a year up to `lastDay` when none is named. Throws `bad-input`. */
export function recordDays(asked: AskedDays, lastDay: string): Days {
  const to = checkedDay('to', asked.to) ?? lastDay
  const from = checkedDay('from', asked.from) ?? dayAfter(to, -DEFAULT_DAYS)
  if (from > to) throw badInput({ field: 'from', message: '开始日期不能晚于结束日期，请重新选择' })
  if (from < dayAfter(to, 1 - MAX_DAYS))
    throw badInput({ field: 'from', message: '一次最多查三年，请缩短日期范围，分几次查' })
  return { from, to }
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Throws `bad-input` for what is no day of this calendar. */
export function checkedDay<D extends string | undefined>(field: string, text: D): D {
  if (text !== undefined && (!isRealDate(text) || text < '1900-01-01' || text > '2999-12-31'))
    throw badInput({ field, message: '日期不正确，请按“年-月-日”选择' })
  return text
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}
