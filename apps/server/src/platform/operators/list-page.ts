import { DAY_MS, shanghaiMidnight } from '@zhangyi/core'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { badInput } from '../errors/catalogue.ts'

/** The row that a page of a list ended with: the next one begins behind it. */
export interface ListPlace {
  readonly atMs: number
  readonly id: string
}

const place = (id: string) =>
  z
    .string()
    .regex(new RegExp(`^\\d{1,15}\\.${id}$`), '翻页的位置不正确')
    .optional()
    .describe('上一页的 next')

/** What every list by time can be asked for, as it stands in the address. */
export const listWish = {
  hospital: z.string().max(40).optional().describe('不写就是看得到的第一家'),
  number: z.string().trim().min(1).max(80).optional(),
  from: z.iso.date().optional().describe('从哪一天（北京时间）'),
  to: z.iso.date().optional().describe('到哪一天，含这一天'),
  before: place('\\S{1,80}'),
}
/** Of a list whose rows have a number of the database's for an id. */
export const beforeNumbered = place('\\d{1,15}')

/** Days in Asia/Shanghai, both included. */
export interface ListDays {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface ListTimes extends ListDays {
  readonly before?: string | undefined
}

/** The first millisecond of the first day, and of the day after the last. Throws `bad-input` for days that end before they begin. */
export function timesOf({ from, to }: ListDays): {
  readonly fromMs: number | undefined
  readonly untilMs: number | undefined
} {
  const fromMs = from === undefined ? undefined : shanghaiMidnight(from)
  const untilMs = to === undefined ? undefined : shanghaiMidnight(to) + DAY_MS
  if (fromMs !== undefined && untilMs !== undefined && fromMs >= untilMs)
    throw badInput({ field: 'from', message: '开始日期不能晚于结束日期' })
  return { fromMs, untilMs }
}

export function inDays(at: RawBuilder<unknown>, days: ListDays): readonly RawBuilder<SqlBool>[] {
  const { fromMs, untilMs } = timesOf(days)
  return [
    ...(fromMs === undefined ? [] : [sql<SqlBool>`${at} >= ${fromMs}`]),
    ...(untilMs === undefined ? [] : [sql<SqlBool>`${at} < ${untilMs}`]),
  ]
}

/** The days and the place of a wish as conditions on a time and an id that one index holds in this order. */
export function inTime(
  at: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  { before, ...days }: ListTimes,
  order: 'newest-first' | 'oldest-first' = 'newest-first',
): readonly RawBuilder<SqlBool>[] {
  const last = placeOf(before)
  const behind = order === 'newest-first' ? sql`<` : sql`>`
  return [
    ...inDays(at, days),
    ...(last ? [sql<SqlBool>`(${at}, ${id}) ${behind} (${last.atMs}, ${last.id})`] : []),
  ]
}

/** At most `limit` rows of one more that were read, and where the next page begins. */
export function pageOf<Row, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
  placeOfRow: (row: Row) => string,
): { readonly rows: View[]; readonly next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page.map(view), next: rows.length > limit && last ? placeOfRow(last) : null }
}

/** Of a list by when its rows were made. */
export function placeMade({ created_at_ms: atMs, id }: { created_at_ms: number; id: string }): string {
  return placeText({ atMs, id })
}

export function placeText({ atMs, id }: ListPlace): string {
  return `${atMs}.${id}`
}

export function placeOf(text: string | undefined): ListPlace | undefined {
  if (text === undefined) return undefined
  const at = text.indexOf('.')
  return { atMs: Number(text.slice(0, at)), id: text.slice(at + 1) }
}
