/** A spreadsheet runs what begins like a formula; such a cell gets a quote in front, as spreadsheets themselves do. */
const FORMULA = /^[=+\-@\t\r]/

/** With a byte order mark, without which a Chinese spreadsheet reads other letters. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`
}

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  // A number is ours, and a negative one is no formula.
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
