/** An event as people name it: its day and its number within the table, `20261128-1042`. */
export interface EventKey {
  readonly day: string
  readonly id: number
}

export function eventNumber({ day, id }: EventKey): string {
  return `${day.replaceAll('-', '')}-${id}`
}

/** Undefined: no number of an event. */
export function parseEventNumber(text: string): EventKey | undefined {
  const [, year, month, date, id] = /^(20\d\d)(\d\d)(\d\d)-(\d{1,15})$/.exec(text) ?? []
  if (id === undefined) return undefined
  const day = `${year}-${month}-${date}`
  const isReal = new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day
  return isReal ? { day, id: Number(id) } : undefined
}
