import { fen, formatYuan } from '@zhangyi/core'
import { csvLine } from '../../csv/csv-line.ts'
import type { Cell, ExportColumn, FileWriter } from './cell.ts'

// Without it a Chinese spreadsheet reads other letters.
const BYTE_ORDER_MARK = '\uFEFF'

/** A spreadsheet rounds long numbers and drops zeros in front; a tab behind keeps them text, and reading drops it. */
function asText(text: string): string {
  return /^0\d+$|^\d{12,}$/.test(text) ? `${text}\t` : text
}

export function csvFile(columns: readonly ExportColumn[]): FileWriter {
  const isMoney = columns.map(({ kind }) => kind === 'yuan')
  const line = (cells: readonly Cell[]) => {
    const shown = cells.map((cell, at) => {
      if (typeof cell === 'string') return asText(cell)
      return isMoney[at] && cell !== null ? formatYuan(fen(cell)) : cell
    })
    return `${csvLine(shown)}\r\n`
  }
  return {
    begin: () => Buffer.from(`${BYTE_ORDER_MARK}${csvLine(columns.map(({ title }) => title))}\r\n`),
    rows: (rows) => Buffer.from(rows.map(line).join('')),
    end: (note) => Buffer.from(note === undefined ? '' : `${csvLine([note])}\r\n`),
  }
}
