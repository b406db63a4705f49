import type { FeeItem, OrderVisit, Slot } from '../../api/visit-types.ts'
import { periodNames, visitTexts as texts } from '../../texts/visits.ts'
import { fullDay } from '../../visitor/day-words.ts'
import { yuan } from '../../visitor/yuan.ts'

export const feeWords = (amountFen: number): string => (amountFen === 0 ? texts.free : yuan(amountFen))

/** 「08:00–09:00」; a hospital that numbers patients only says the half day. */
export function timeWords({
  period,
  startsAt,
  endsAt,
}: Pick<Slot, 'period' | 'startsAt' | 'endsAt'>): string {
  if (startsAt === null) return periodNames[period]
  return endsAt === null ? startsAt : `${startsAt}–${endsAt}`
}

export const doctorWords = (name: string | null): string =>
  name === null ? texts.ordinary : texts.doctor(name)

/** 「上午 08:00」. */
export const halfDayWords = ({ period, startsAt }: Pick<OrderVisit, 'period' | 'startsAt'>): string =>
  [periodNames[period], startsAt].filter(Boolean).join(' ')

/** 「2026年11月30日 星期一 上午 08:00」. */
export function whenWords({
  day,
  period,
  startsAt,
}: Pick<OrderVisit, 'day' | 'period' | 'startsAt'>): string {
  return `${fullDay(day)} ${halfDayWords({ period, startsAt })}`
}

export type ItemRow = {
  readonly id: string
  readonly name: string
  readonly what: string
  readonly amount: string
}

export function itemRows(items: readonly FeeItem[]): readonly ItemRow[] {
  return items.map(({ name, specification, quantity, amountFen }, index) => ({
    id: String(index),
    name,
    what: [specification, quantity].filter(Boolean).join(' · '),
    amount: yuan(amountFen),
  }))
}
