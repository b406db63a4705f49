import { DAY_MS, formatShanghai } from '@zhangyi/core'
import { visitorTexts as texts } from '../texts/visitor.ts'

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/

function partsOf(day: string) {
  const [, year, month, date] = DAY.exec(day) ?? []
  if (year === undefined) return undefined
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date))
  return {
    ms,
    year: Number(year),
    month: Number(month),
    date: Number(date),
    weekday: new Date(ms).getUTCDay(),
  }
}

/** 「11月30日 周一」. A day that no calendar knows is shown as the HIS wrote it. */
export function shortDay(day: string): string {
  const parts = partsOf(day)
  if (!parts) return day
  return `${texts.shortDay(parts.month, parts.date)} ${texts.weekdaysShort[parts.weekday]}`
}

/** 「2026年11月30日 星期一」. */
export function fullDay(day: string): string {
  const parts = partsOf(day)
  if (!parts) return day
  return `${texts.fullDay(parts.year, parts.month, parts.date)} ${texts.weekdays[parts.weekday]}`
}

export function weekdayOf(day: string): string {
  return texts.weekdaysShort[partsOf(day)?.weekday ?? -1] ?? ''
}

/** 「11-30」, for a narrow strip of days. */
export const dateOf = (day: string): string => day.slice(5)

/** Every day from one to another, both included. At most 60: a wrong last day must not fill the phone. */
export function daysBetween(first: string, last: string): readonly string[] {
  const from = partsOf(first)?.ms
  const to = partsOf(last)?.ms
  if (from === undefined || to === undefined) return []
  const count = Math.min(60, Math.floor((to - from) / DAY_MS) + 1)
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    new Date(from + index * DAY_MS).toISOString().slice(0, 10),
  )
}

/** 「2026年11月28日 周六 14:05」 of an instant; one that cannot be read stays as it is. */
export function momentWords(instant: string): string {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) return instant
  const [day = '', time = ''] = formatShanghai(ms).split(' ')
  const parts = partsOf(day)
  if (!parts) return instant
  return `${texts.fullDay(parts.year, parts.month, parts.date)} ${weekdayOf(day)} ${time.slice(0, 5)}`
}

/** 「14:05」 of an instant. */
export function hourWords(instant: string): string {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? instant : formatShanghai(ms).slice(11, 16)
}
