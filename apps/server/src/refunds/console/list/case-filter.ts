import { DAY_MS } from '@zhangyi/core'
import { z } from 'zod'
import { badInput } from '../../../platform/errors/catalogue.ts'
import { listWish, timesOf } from '../../../platform/operators/list-page.ts'
import { LEG_STATES, type LegState } from '../../legs/leg-states.ts'
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

/** What the list can be asked for, as it stands in the address; its export, too. */
export const caseWish = {
  way: z.enum(['original', 'face']).optional(),
  state: z.enum(LEG_STATES).optional().describe('只用于全部：有一部分在这个状态'),
  number: listWish.number.describe('退款单号、商户单号、商户退款单号、微信单号，或充值的订单号'),
  ...{ from: listWish.from, to: listWish.to },
}

export interface CaseFilter extends LegNarrowing {
  readonly list: CaseList
  /** Only of `all`: one of the sums is in this state. */
  readonly state?: LegState | undefined
  /** Behind which one; of what, depends on the list. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Two filters that have no index in common are held to a time in which either is quick. */
const MOST_DAYS = 93

/** Throws `bad-input`. */
export function holdToTime({ way, state, ...days }: Pick<CaseFilter, 'way' | 'state' | 'from' | 'to'>): void {
  const { fromMs, untilMs } = timesOf(days)
  if (way === undefined || state === undefined) return
  const isShort = fromMs !== undefined && untilMs !== undefined && untilMs - fromMs <= MOST_DAYS * DAY_MS
  if (!isShort)
    throw badInput({ field: 'from', message: `方式和状态一起查时，请选申请日期，最多 ${MOST_DAYS} 天` })
}
