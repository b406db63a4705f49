const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/
const PLAIN_LENGTH = 'yyyy-MM-dd HH:mm:ss'.length
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const ZERO = 48

/**
 * Epoch milliseconds of `yyyy-MM-dd HH:mm:ss`, which is Shanghai time, or of ISO 8601 with its offset; undefined for
 * anything else. By hand, because it is asked for every event.
 */
export function readTime(text: string): number | undefined {
  if (text.length === PLAIN_LENGTH && text[10] === ' ') return readPlain(text)
  if (!ISO.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) || !isDay(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))
    ? undefined
    : ms
}

function readPlain(text: string): number | undefined {
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)]
  const [hours, minutes, seconds] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)]
  if (!isDay(year, month, day) || !(hours < 24 && minutes < 60 && seconds < 60)) return undefined
  // China has had one time zone without daylight saving since 1991.
  return Date.UTC(year, month - 1, day, hours - 8, minutes, seconds)
}

/** NaN where a character is none, which no comparison passes. */
function digits(text: string, start: number, count: number): number {
  let number = 0
  for (let at = start; at < start + count; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

// `2026-02-30` would become another day instead of an error.
function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= 2000 && month >= 1 && month <= 12 && day >= 1)) return false
  if (day > (DAYS_IN_MONTH[month - 1] ?? 0)) return false
  return !(month === 2 && day === 29) || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}
