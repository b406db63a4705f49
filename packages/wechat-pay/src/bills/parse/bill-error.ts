export type BillFailure =
  | 'not-a-bill'
  | 'missing-column'
  | 'malformed'
  | 'encoding'
  | 'line-too-long'
  | 'amount'
  | 'count'
  | 'time'
  | 'direction'
  | 'truncated'
  | 'control-totals'
  | 'running-balance'
  | 'not-read-to-end'

export interface BillErrorPlace {
  /** Number of the data row, the first is 1. */
  readonly row?: number | undefined
  /** Name of the column or of the control total, as the file's format calls it. */
  readonly column?: string | undefined
  /** What the file says (control total, balance): fen, or a count. */
  readonly expected?: number | undefined
  /** What the rows give: fen, or a count. */
  readonly seen?: number | undefined
}

/**
 * A bill that must not be booked.
 *
 * - `not-a-bill`, `missing-column`, `malformed`, `encoding`, `line-too-long`: the form is not that of the bill.
 * - `amount`, `count`, `time`, `direction`: one cell cannot be read exactly.
 * - `truncated`: the file ends before its summary.
 * - `control-totals`, `running-balance`: rows are missing, doubled or changed.
 * - `not-read-to-end`: the summary was asked for before every row had been read.
 *
 * Names places and sums, never the text of a cell: names of goods and user identifiers stay out of logs.
 */
export class BillError extends Error {
  override readonly name = 'BillError'
  readonly kind: BillFailure
  readonly row: number | undefined
  readonly column: string | undefined
  readonly expected: number | undefined
  readonly seen: number | undefined

  constructor(kind: BillFailure, place: BillErrorPlace = {}) {
    const parts = [
      place.row !== undefined && `row ${place.row}`,
      place.column !== undefined && `column ${place.column}`,
      place.expected !== undefined && `expected ${place.expected}`,
      place.seen !== undefined && `seen ${place.seen}`,
    ].filter((part) => part !== false)
    super(parts.length === 0 ? `bill: ${kind}` : `bill: ${kind} (${parts.join(', ')})`)
    this.kind = kind
    this.row = place.row
    this.column = place.column
    this.expected = place.expected
    this.seen = place.seen
  }
}
