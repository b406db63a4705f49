/** What a cell holds: a number stays one in a spreadsheet, and everything else is text. */
export type Cell = string | number | null

export interface ExportColumn {
  readonly title: string
  /** `yuan`: the cells give fen, the file shows yuan with two decimals. */
  readonly kind?: 'yuan'
  /** In letters, for a spreadsheet. */
  readonly width?: number
}

/** Makes a file piece by piece, so that a million rows are never in memory at once. */
export interface FileWriter {
  begin(): Uint8Array
  rows(rows: readonly (readonly Cell[])[]): Uint8Array
  /** `note`: a last line of its own. */
  end(note: string | undefined): Uint8Array
}
