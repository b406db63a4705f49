import type { Slot, Slots } from '../../api/visit-types.ts'
import { visitTexts as texts } from '../../texts/visits.ts'
import { dateOf, daysBetween, weekdayOf } from '../../visitor/day-words.ts'

export type DayChoice = {
  readonly day: string
  /** 「今天」, 「周一」. */
  readonly name: string
  readonly date: string
  /** 「当日挂号」 for today, else whether there is something left; never only a colour. */
  readonly note: string
  readonly free: boolean
}

const isFree = ({ remaining }: Slot) => remaining > 0

/** The strip of days from today to the last one that can be booked. */
export function dayChoices({ today, lastDay, slots }: Slots): readonly DayChoice[] {
  return daysBetween(today, lastDay).map((day, index) => {
    const ofDay = slots.filter((slot) => slot.day === day)
    const free = ofDay.some(isFree)
    const left = free ? texts.dayFree : ofDay.length > 0 ? texts.dayFull : texts.dayNone
    return {
      day,
      name: [texts.today, texts.tomorrow][index] ?? weekdayOf(day),
      date: dateOf(day),
      note: index === 0 && free ? texts.sameDay : left,
      free,
    }
  })
}

/** The first day with something left; without any, today. */
export function firstFreeDay({ today, slots }: Slots): string {
  const days = slots.filter(isFree).map(({ day }) => day)
  return days.reduce((first, day) => (first === '' || day < first ? day : first), '') || today
}
