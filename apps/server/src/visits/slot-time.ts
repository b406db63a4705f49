import { assertNever } from '@zhangyi/core'
import type { Slot } from '@zhangyi/his'

type When = Pick<Slot, 'day' | 'period' | 'startsAt' | 'endsAt'>

/** Its time has come. A slot without a time begins with its half-day. */
export function isBegun({ day, period, startsAt }: When, nowMs: number): boolean {
  return nowMs >= instantOf(day, startsAt ?? halfDay(period).from)
}

/** Nobody can come to it any more. A slot that only has a beginning, or no time at all, lasts for its half-day. */
export function isOver({ day, period, endsAt }: When, nowMs: number): boolean {
  return nowMs >= instantOf(day, endsAt ?? halfDay(period).to)
}

function halfDay(period: Slot['period']): { readonly from: string; readonly to: string } {
  switch (period) {
    case 'morning':
      return { from: '00:00', to: '12:00' }
    case 'afternoon':
      return { from: '12:00', to: '18:00' }
    case 'evening':
      return { from: '18:00', to: '23:59' }
    default:
      return assertNever(period, 'period')
  }
}

function instantOf(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00+08:00`)
}
