import { BillError } from './bill-error.ts'
import { Columns } from './columns.ts'
import { readLines } from './read-lines.ts'
import { splitCells, splitHeader } from './split-cells.ts'

export interface BillOptions {
  /** Rows of one batch at most; 500 unless told. */
  readonly batchSize?: number
  /** A longer line is refused; 65,536 bytes unless told (a real row has some 500). */
  readonly maxLineBytes?: number
  /** Keep columns that this version does not know, by their Chinese name, in `extra`. */
  readonly keepExtra?: boolean
}

/** What differs between the kinds of bill. */
export interface BillForm<Row, Summary> {
  readonly requiredColumns: readonly string[]
  /** The summary's first column; its header line is recognised by it. */
  readonly summaryMarker: string
  readonly requiredTotals: readonly string[]
  begin(columns: Columns): BillBody<Row, Summary>
}

export interface BillBody<Row, Summary> {
  readRow(cells: readonly string[], row: number): Row
  /** Compares the summary with what the rows gave; throws `control-totals`. */
  finish(total: (name: string) => string | undefined): Summary
}

/**
 * One pass over one bill. The rows are provisional until the pass ends without an error: the control totals come last
 * in the file. So book them in one transaction, or in a staging table, and commit after `summary()`.
 */
export interface BillReader<Row, Summary> {
  /** The fast way. */
  batches(): AsyncGenerator<readonly Row[], void>
  rows(): AsyncGenerator<Row, void>
  /** The recomputed and compared totals. Throws `not-read-to-end` until every row has been read. */
  summary(): Summary
}

type Stage = 'header' | 'rows' | 'summary' | 'done'

export function readBill<Row, Summary>(
  chunks: AsyncIterable<Uint8Array>,
  form: BillForm<Row, Summary>,
  options: BillOptions,
): BillReader<Row, Summary> {
  const { batchSize = 500, maxLineBytes = 65_536 } = options
  let stage: Stage = 'header'
  let columns = new Columns([])
  let totals = new Columns([])
  let body: BillBody<Row, Summary> | undefined
  let verified: { readonly summary: Summary } | undefined
  let row = 0
  let started = false
  let ended = false

  const isSummaryHeader = (line: string) =>
    line.startsWith('`')
      ? line.startsWith(`\`${form.summaryMarker}`)
      : line.includes(form.summaryMarker) && splitHeader(line).includes(form.summaryMarker)

  const readSummary = (line: string, current: BillBody<Row, Summary>) => {
    const cells = splitCells(line, totals.names.length)
    if (cells === undefined) throw new BillError('malformed')
    verified = { summary: current.finish((name) => cells[totals.place(name)]) }
    stage = 'done'
  }

  /** Takes one line; a data row is appended to `into`. */
  const take = (line: string, into: Row[]) => {
    if (line === '') return
    if (stage === 'rows' && body !== undefined && !isSummaryHeader(line)) {
      row += 1
      const cells = splitCells(line, columns.names.length)
      if (cells === undefined) throw new BillError('malformed', { row })
      into.push(body.readRow(cells, row))
    } else if (stage === 'rows') {
      totals = new Columns(splitHeader(line))
      totals.require(form.requiredTotals)
      stage = 'summary'
    } else if (stage === 'summary' && body !== undefined) readSummary(line, body)
    else if (stage === 'header') {
      columns = new Columns(splitHeader(line))
      columns.require(form.requiredColumns)
      body = form.begin(columns)
      stage = 'rows'
    } else throw new BillError('malformed')
  }

  const takeLast = (line: string, into: Row[]) => {
    // Whatever an unfinished line before the summary's values looks like, the reason is the cut.
    const names = stage === 'header' ? splitHeader(line) : []
    if (stage === 'header' && !form.requiredColumns.some((name) => names.includes(name)))
      throw new BillError('not-a-bill')
    if (stage === 'header' || stage === 'rows') throw new BillError('truncated')
    if (stage === 'summary' && splitCells(line, totals.names.length) === undefined)
      throw new BillError('truncated')
    take(line, into)
  }

  async function* batches(): AsyncGenerator<readonly Row[], void> {
    if (started) throw new Error('a bill can be read once')
    started = true
    let batch: Row[] = []
    for await (const { lines, complete } of readLines(chunks, maxLineBytes))
      for (const line of lines) {
        if (complete) take(line, batch)
        else takeLast(line, batch)
        if (batch.length >= batchSize) {
          yield batch
          batch = []
        }
      }
    if (verified === undefined) throw new BillError('truncated')
    if (batch.length > 0) yield batch
    ended = true
  }

  return {
    batches,
    async *rows() {
      for await (const batch of batches()) yield* batch
    },
    summary() {
      if (!ended || verified === undefined) throw new BillError('not-read-to-end')
      return verified.summary
    },
  }
}
