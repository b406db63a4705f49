/** The only source of business time. Rooms take it as an argument, so that a test or a simulation can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number
}

export const systemClock: Clock = { nowMs: () => Date.now() }

/** A clock that a test or the sandbox moves by hand, or lets run at an offset. */
export class ManualClock implements Clock {
  #nowMs: number

  constructor(startMs: number | string = '2026-11-23T09:00:00+08:00') {
    this.#nowMs = typeof startMs === 'string' ? Date.parse(startMs) : startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  advance(ms: number): void {
    this.#nowMs += ms
  }

  set(ms: number | string): void {
    this.#nowMs = typeof ms === 'string' ? Date.parse(ms) : ms
  }
}

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

// China has had one time zone without daylight saving since 1991, so business time is a fixed offset.
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai. */
export function formatShanghai(ms: number): string {
  const seconds = Math.floor((ms - startOfShanghaiDay(ms)) / SECOND_MS)
  const minutes = Math.floor(seconds / 60)
  return `${shanghaiDay(ms)} ${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`
}

let lastDay = Number.NaN
let lastDayText = ''

/** `yyyy-MM-dd` in Asia/Shanghai. */
export function shanghaiDay(ms: number): string {
  const day = Math.floor((ms + SHANGHAI_OFFSET_MS) / DAY_MS)
  // Nearly every question is about the day at hand, and a Date costs more than all the rest.
  if (day !== lastDay) {
    lastDayText = new Date(day * DAY_MS).toISOString().slice(0, 10)
    lastDay = day
  }
  return lastDayText
}

/** Epoch milliseconds at which the Shanghai day of a moment began; it has had no summer time since 1991. */
export function startOfShanghaiDay(ms: number): number {
  return Math.floor((ms + SHANGHAI_OFFSET_MS) / DAY_MS) * DAY_MS - SHANGHAI_OFFSET_MS
}

/** Epoch milliseconds at which a day (`yyyy-MM-dd`) begins in Shanghai; NaN for what is no date. */
export function shanghaiMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`)
}

/** Full years between a birthday (`yyyy-MM-dd`) and a moment, counted by the Shanghai calendar. */
export function ageAt(birthday: string, ms: number): number {
  const today = shanghaiDay(ms)
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4))
  return today.slice(5) < birthday.slice(5) ? years - 1 : years
}
