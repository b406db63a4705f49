import { csvLine } from '../platform/csv/csv-line.ts'

/** With a byte order mark, without which a Chinese spreadsheet reads other letters. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map(csvLine).join('\r\n')}\r\n`
}
