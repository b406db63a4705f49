import type { Tx } from '../database/tx.ts'
import type { AnyExportKind } from './export-kind.ts'
import type { ExportFormat } from './export-row.ts'
import { csvFile } from './files/csv-file.ts'
import { xlsxFile } from './files/xlsx-file.ts'

const ROWS_AT_ONCE = 1_000
/** What a spreadsheet opens. */
const MOST_ROWS = 1_000_000

export interface FilePiece {
  readonly bytes: Uint8Array
  /** Up to and with this piece. */
  readonly rows: number
  /** There are more than a file takes. */
  readonly isCut: boolean
}

/** The rows that fit as a file, in as small pieces as they are read. */
export async function* filePieces(
  kind: AnyExportKind,
  inTx: <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>,
  { format, filters }: { readonly format: ExportFormat; readonly filters: unknown },
): AsyncGenerator<FilePiece> {
  const file = format === 'csv' ? csvFile(kind.columns) : xlsxFile(kind.columns)
  let rows = 0
  let isCut = false
  yield { bytes: file.begin(), rows, isCut }
  // One more than a file takes tells that there are more.
  for await (const batch of kind.batches(inTx, filters, { size: ROWS_AT_ONCE, most: MOST_ROWS + 1 })) {
    const fitting = batch.slice(0, MOST_ROWS - rows)
    isCut = fitting.length < batch.length
    rows += fitting.length
    yield { bytes: file.rows(fitting), rows, isCut }
  }
  const note = `最多 ${MOST_ROWS} 条，后面的没有导出；请缩小日期再导出。`
  yield { bytes: file.end(isCut ? note : undefined), rows, isCut }
}
