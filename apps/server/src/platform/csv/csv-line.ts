/** A spreadsheet runs what begins like a formula; such a cell gets a quote in front, as spreadsheets themselves do. */
// The wide letters too: a Chinese spreadsheet takes them for the narrow ones.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/** Runs nothing: an amount below zero stays a number. */
const NUMBER = /^-\d+(?:\.\d+)?$/

/** One line of a table for a spreadsheet, without its end. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return cells.map(cellOf).join(',')
}

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  // A number is ours, and a negative one is no formula.
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
