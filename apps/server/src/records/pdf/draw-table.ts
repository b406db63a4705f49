import { cutText } from './cut-text.ts'
import { INK, MARGIN_PT, PALE, type Sheet, type Style, WIDTH_PT } from './sheet.ts'

export interface Column {
  readonly title: string
  /** Share of the width; all shares make 1. */
  readonly share: number
  readonly align?: 'left' | 'right'
}

export interface Cell {
  readonly text: string
  readonly color?: string
  readonly weight?: 'regular' | 'medium'
}

const CELL: Style = { size: 10 }
const PADDING_PT = 5
const GAP_PT = 8
// The font's characters stand high in its lines: this much lower they are in the middle of a row.
const LOWER_PT = 2
// In the narrowest column five characters a line, with some more for lines that end early: less than a page.
const MAX_CELL_CHARACTERS = 150
const MAX_CELL_LINES = 8

/** A table that goes on over pages with its head repeated. */
export function drawTable(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): void {
  drawHead(sheet, columns)
  for (const row of rows.flatMap(splitLongRow)) {
    const height = heightOf(sheet, columns, row)
    if (sheet.reserve(height)) drawHead(sheet, columns)
    drawRow(sheet, columns, row, height)
    sheet.rule()
  }
}

function drawHead(sheet: Sheet, columns: readonly Column[]): void {
  const row = columns.map(({ title }): Cell => ({ text: title, color: PALE, weight: 'medium' }))
  const height = heightOf(sheet, columns, row)
  // A head at the foot of a page would stand there alone.
  sheet.reserve(2 * height)
  sheet.fill('#eef4f5', { x: MARGIN_PT, y: sheet.y, width: WIDTH_PT }, height)
  drawRow(sheet, columns, row, height)
  sheet.rule()
}

function drawRow(sheet: Sheet, columns: readonly Column[], row: readonly Cell[], height: number): void {
  const top = sheet.y
  let x = MARGIN_PT
  for (const [index, { share, align = 'left' }] of columns.entries()) {
    const { text, color = INK, weight = 'regular' } = row[index] ?? { text: '' }
    const box = { x: x + GAP_PT / 2, y: top + PADDING_PT + LOWER_PT, width: share * WIDTH_PT - GAP_PT }
    sheet.put(text, { ...CELL, color, weight, align }, box)
    x += share * WIDTH_PT
  }
  sheet.moveDown(top + height - sheet.y)
}

function heightOf(sheet: Sheet, columns: readonly Column[], row: readonly Cell[]): number {
  const heights = columns.map(({ share }, index) => {
    const { text, weight = 'regular' } = row[index] ?? { text: '' }
    return sheet.heightOf(text || ' ', { ...CELL, weight }, share * WIDTH_PT - GAP_PT)
  })
  return Math.max(...heights) + 2 * PADDING_PT
}

/** A cell with pages of text goes on in further rows: nothing of a report is cut off. */
function splitLongRow(row: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts = row.map(({ text }) => cutText(text, MAX_CELL_CHARACTERS, MAX_CELL_LINES))
  const count = Math.max(1, ...parts.map(({ length }) => length))
  return Array.from({ length: count }, (_, index) =>
    row.map((cell, column) => ({ ...cell, text: parts[column]?.[index] ?? '' })),
  )
}
