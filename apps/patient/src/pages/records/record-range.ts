import type { DayRange } from '../../api/records.ts'

export type RangeChoice = 'three-months' | 'year' | 'three-years'
export const rangeChoices: readonly RangeChoice[] = ['three-months', 'year', 'three-years']

const DAY_MS = 86_400_000

/**
 * The days to ask for, `today` as `YYYY-MM-DD`. The year is the gateway's own default and needs none; three
 * years begin one day later, so that they are never more than the gateway answers in one question.
 */
export function rangeOf(choice: RangeChoice, today: string): DayRange | undefined {
  switch (choice) {
    case 'year':
      return undefined
    case 'three-months':
      return { from: monthsBefore(today, 3, 0), to: today }
    case 'three-years':
      return { from: monthsBefore(today, 36, 1), to: today }
  }
}

function monthsBefore(day: string, months: number, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = Date.UTC(year, month - 1 - months, 1)
  // 31 May minus three months is the last of February, not the third of March.
  const lastDate = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const ms = first + (Math.min(date, lastDate) - 1 + daysLater) * DAY_MS
  return new Date(ms).toISOString().slice(0, 10)
}
