export interface Column<Row> {
  /** Also the name of the slot that draws the cell: `cell-<key>`. */
  readonly key: string
  readonly title: string
  /** What the cell says when no slot draws it. */
  readonly text?: (row: Row) => string
  readonly isRight?: boolean
  /** A CSS width, for what fits on one line; without one the column takes what is left. */
  readonly width?: string
  /** Left out where the table is narrow, as beside open details, which say it too. */
  readonly isMinor?: boolean
}
