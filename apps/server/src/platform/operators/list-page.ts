import { DAY_MS, shanghaiMidnight } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'

/** The row that a page of a list ended with: the next one begins behind it. */
export interface ListPlace {
  readonly atMs: number
  readonly id: string
}

/** What every list by time can be asked for, as it stands in the address. */
export const listWish = {
  hospital: z.string().max(40).optional().describe('不写就是看得到的第一家'),
  number: z.string().trim().min(1).max(80).optional(),
  from: z.iso.date().optional().describe('从哪一天（北京时间）'),
  to: z.iso.date().optional().describe('到哪一天，含这一天'),
  before: z
    .string()
    .regex(/^\d{1,15}\.\S{1,80}$/, '翻页的位置不正确')
    .optional()
    .describe('上一页的 next'),
}

export interface ListTimes {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly before?: string | undefined
}

/** The days and the place of a wish as conditions on a time and an id that one index holds in this order. */
export function inTime(
  at: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  { from, to, before }: ListTimes,
  order: 'newest-first' | 'oldest-first' = 'newest-first',
): readonly RawBuilder<unknown>[] {
  const place = placeOf(before)
  const behind = order === 'newest-first' ? sql`<` : sql`>`
  return [
    ...(from === undefined ? [] : [sql`${at} >= ${shanghaiMidnight(from)}`]),
    ...(to === undefined ? [] : [sql`${at} < ${shanghaiMidnight(to) + DAY_MS}`]),
    ...(place ? [sql`(${at}, ${id}) ${behind} (${place.atMs}, ${place.id})`] : []),
  ]
}

/** At most `limit` rows of one more that were read, and where the next page begins. */
export function pageOf<Row, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
  placeOfRow: (row: Row) => ListPlace,
): { readonly rows: View[]; readonly next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page.map(view), next: rows.length > limit && last ? placeText(placeOfRow(last)) : null }
}

function placeText({ atMs, id }: ListPlace): string {
  return `${atMs}.${id}`
}

function placeOf(text: string | undefined): ListPlace | undefined {
  if (text === undefined) return undefined
  const at = text.indexOf('.')
  return { atMs: Number(text.slice(0, at)), id: text.slice(at + 1) }
}
