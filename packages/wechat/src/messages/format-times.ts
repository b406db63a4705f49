import { formatShanghai } from '@zhangyi/core'
import { WechatInputError } from '../errors.ts'

/** A moment for a `time` or `date`: `2026年11月23日 09:00`, in Asia/Shanghai. */
export function momentValue(ms: number): string {
  const text = formatShanghai(ms)
  return inChinese(text.slice(0, 10), text.slice(11, 16))
}

/** `09:00`, alone or behind a day, or two of them joined with `~`. */
export function formatTime(field: string, text: string): string {
  return range(field, text, (part) => (TIME_ALONE.test(part) ? part : moment(part, true)))
}

/** A day, with a time or not, or two of them joined with `~`. */
export function formatDate(field: string, text: string): string {
  return range(field, text, (part) => moment(part, false))
}

function range(field: string, text: string, read: (part: string) => string | undefined): string {
  const parts = text.split('~').map((part) => read(part.trim()))
  if (parts.length > 2 || parts.includes(undefined)) throw new WechatInputError(field, 'form')
  return parts.join('~')
}

const TIME = String.raw`([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?`
const DAY_AND_TIME = new RegExp(String.raw`^(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})日?(?: ?(${TIME}))?$`)
const TIME_ALONE = new RegExp(`^${TIME}$`)

/** In the form of WeChat's own examples, whatever form it came in. */
function moment(text: string, needsTime: boolean): string | undefined {
  const [, year = '', month = '', day = '', time] = DAY_AND_TIME.exec(text) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (needsTime && time === undefined) return undefined
  return isDay(date) ? inChinese(date, time) : undefined
}

function inChinese(date: string, time: string | undefined): string {
  const [year, month, day] = date.split('-')
  return `${year}年${Number(month)}月${Number(day)}日${time === undefined ? '' : ` ${time}`}`
}

function isDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
}
