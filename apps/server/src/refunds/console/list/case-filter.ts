import { DAY_MS, shanghaiMidnight } from '@zhangyi/core'
import { z } from 'zod'
import { badInput } from '../../../platform/errors/catalogue.ts'
import { LEG_STATES, type LegState } from '../../legs/leg-states.ts'
import type { RefundWay } from '../../tables.ts'
import type { LegNarrowing } from '../list-open-legs.ts'

/**
 * - `todo` 需要处理: what a person has to see to: tasks, reviews that wait, payouts that stand still, and what the HIS does not
 *   answer. `one-sided` 单边订单（已失效，可重发） and `overdue` 超时未决（不可重发） never mix.
 * - `to-confirm` 待患者确认, `abnormal` 退款异常, `in-transit` 在途: held, and neither confirmed nor given back. `all`: newest first.
 */
export const CASE_LISTS = [
  'todo',
  'one-sided',
  'overdue',
  'to-confirm',
  'abnormal',
  'in-transit',
  'all',
] as const
export type CaseList = (typeof CASE_LISTS)[number]

const day = z.iso.date().optional()

/** What the list can be asked for, as it stands in the address; its export, too. */
export const caseWish = {
  way: z.enum(['original', 'face']).optional(),
  state: z.enum(LEG_STATES).optional().describe('只用于全部：有一部分在这个状态'),
  number: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .optional()
    .describe('退款单号、商户单号、商户退款单号、微信单号，或充值的订单号'),
  ...{ from: day, to: day },
}

export interface CaseFilter extends LegNarrowing {
  readonly list: CaseList
  /** Only of `all`: one of the sums is in this state. */
  readonly state?: LegState | undefined
  readonly before?: CaseCursor | undefined
  readonly limit: number
}

/** The last one of the page before; of what, depends on the list. */
export interface CaseCursor {
  readonly atMs: number
  readonly id: string
}

export function cursorText({ atMs, id }: CaseCursor): string {
  return `${atMs}.${id}`
}

/** Throws `bad-input`. */
export function parseCursor(text: string | undefined): CaseCursor | undefined {
  if (text === undefined) return undefined
  const [, atMs, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(text) ?? []
  if (atMs === undefined || id === undefined)
    throw badInput({ field: 'before', message: '用上一页答复里的 next' })
  return { atMs: Number(atMs), id }
}

/** Two filters that have no index in common are held to a time in which either is quick. */
const MOST_DAYS = 93

/** Days in Asia/Shanghai, both included. Throws `bad-input`. */
export function parseDays(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  both: { readonly way?: RefundWay | undefined; readonly state?: LegState | undefined },
): Pick<LegNarrowing, 'fromMs' | 'untilMs'> {
  const fromMs = from === undefined ? undefined : shanghaiMidnight(from)
  const untilMs = to === undefined ? undefined : shanghaiMidnight(to) + DAY_MS
  if (fromMs !== undefined && untilMs !== undefined && fromMs >= untilMs)
    throw badInput({ field: 'from', message: '开始日期不能晚于结束日期' })
  if (both.way !== undefined && both.state !== undefined) {
    const isShort = fromMs !== undefined && untilMs !== undefined && untilMs - fromMs <= MOST_DAYS * DAY_MS
    if (!isShort)
      throw badInput({ field: 'from', message: `方式和状态一起查时，请选申请日期，最多 ${MOST_DAYS} 天` })
  }
  return { fromMs, untilMs }
}
