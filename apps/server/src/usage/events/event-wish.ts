import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import { daysBetween } from '../completeness/days-between.ts'
import { daySchema, sceneSchema } from '../console/console-schemas.ts'
import { EVENT_STATES } from '../tables.ts'
import type { EventFilter } from './list-events.ts'

/** Without a number somebody looks at some days, not at half a year. */
export const USUAL_DAYS = 7
const text = z.string().trim().min(1).max(80).optional()

/** What is looked for among the events, in the list and in its export. */
export const eventWish = z.object({
  ...{ state: z.enum(EVENT_STATES).optional(), scene: sceneSchema.optional() },
  department: text.describe('HIS 的科室编号'),
  number: text.describe('事件号，或平台的 Request-ID'),
  ...{ from: daySchema.optional(), to: daySchema.optional() },
})

/** A number is looked for on all days, and so is what waits for somebody, unless days are named. */
export function filterOf(wish: z.infer<typeof eventWish>, nowMs: number): EventFilter {
  const { from, to, number, state } = wish
  if (from !== undefined && to !== undefined) daysBetween(from, to)
  if (from !== undefined || number !== undefined || state === 'parked') return wish
  const last = to === undefined ? nowMs : Date.parse(`${to}T12:00:00+08:00`)
  return { ...wish, from: shanghaiDay(last - (USUAL_DAYS - 1) * DAY_MS) }
}
