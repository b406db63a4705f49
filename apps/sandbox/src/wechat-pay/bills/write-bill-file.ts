const BOM = '\uFEFF'

/** Rows of cells under a header; then a second header and one summary row. */
export interface BillTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly summaryHeader: readonly string[]
  readonly summary: readonly string[]
}

/** The file form of both bills: UTF-8 with BOM, CRLF, a backtick before every cell that is not a header. */
export function writeBillFile({ header, rows, summaryHeader, summary }: BillTable): Buffer {
  const lines = [header.join(','), ...rows.map(ticked), summaryHeader.join(','), ticked(summary)]
  return Buffer.from(`${BOM}${lines.join('\r\n')}\r\n`, 'utf8')
}

function ticked(cells: readonly string[]): string {
  // A comma inside a text would shift the columns after it.
  return cells.map((cell) => `\`${cell.replaceAll(',', '，').replace(/[\r\n]+/g, ' ')}`).join(',')
}
