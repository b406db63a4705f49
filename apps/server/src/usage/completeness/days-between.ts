import { DAY_MS } from '@zhangyi/core'
import { badInput } from '../../platform/errors/catalogue.ts'

/** A report of three months is a page that a spreadsheet still opens at once. */
export const MAX_DAYS = 93

export function isDay(text: string): boolean {
  const ms = /^20\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // `2026-02-30` becomes another day instead of an error.
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

/** Both included; throws `bad-input` for what is no range of days. */
export function daysBetween(from: string, to: string): readonly string[] {
  for (const [field, day] of Object.entries({ from, to }))
    if (!isDay(day)) throw badInput({ field, message: '日期写成 年-月-日，如 2026-11-28' })
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)]
  const count = (last - first) / DAY_MS + 1
  if (count < 1) throw badInput({ field: 'from', message: '开始日期不能晚于结束日期' })
  if (count > MAX_DAYS) throw badInput({ field: 'from', message: `一次最多 ${MAX_DAYS} 天，请分几次下载` })
  return Array.from({ length: count }, (_, index) =>
    new Date(first + index * DAY_MS).toISOString().slice(0, 10),
  )
}
