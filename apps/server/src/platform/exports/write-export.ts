import type { HospitalId } from '@zhangyi/core'
import { ExportInWork, NoLongerOurs } from './export-in-work.ts'
import type { AnyExportKind } from './export-kind.ts'
import type { ExportRow } from './export-row.ts'
import { csvFile } from './files/csv-file.ts'
import { xlsxFile } from './files/xlsx-file.ts'
import type { ExportsWorkRoom } from './room.ts'

const ROWS_AT_ONCE = 1_000
/** What a spreadsheet opens. */
export const MOST_ROWS = 1_000_000
/** So much of a file is in memory, a few times over while it is sealed. */
const PIECE_BYTES = 512 * 1024
/** A long file that packs well shows that it goes on. */
const SIGN_ROWS = 10 * ROWS_AT_ONCE

/** Writes one file from its beginning. */
export async function writeExport(
  room: ExportsWorkRoom,
  hospital: HospitalId,
  row: ExportRow,
): Promise<void> {
  const work = new ExportInWork(room, hospital, row)
  const kind = room.kinds.find(({ name }) => name === row.kind)
  try {
    if (!kind) throw new Error('a kind that this version does not know')
    await work.begin()
    await write(room, hospital, row, kind, work)
  } catch (error) {
    if (error instanceof NoLongerOurs) return
    const { name } = error as Error
    // Its text may quote a row.
    room.log.error({ export: row.id, kind: row.kind, error: name }, 'export failed')
    await work.fail(name).catch((failed: unknown) => {
      if (!(failed instanceof NoLongerOurs)) throw failed
    })
  }
}

async function write(
  { database }: ExportsWorkRoom,
  hospital: HospitalId,
  { format, filters }: ExportRow,
  kind: AnyExportKind,
  work: ExportInWork,
): Promise<void> {
  const file = format === 'csv' ? csvFile(kind.columns) : xlsxFile(kind.columns)
  const made = [file.begin()]
  let rows = 0
  let isCut = false
  // One more than a file takes tells that there are more.
  const limits = { size: ROWS_AT_ONCE, most: MOST_ROWS + 1 }
  for await (const batch of kind.batches((fn) => database.inTransaction(hospital, fn), filters, limits)) {
    const fitting = batch.slice(0, MOST_ROWS - rows)
    isCut = fitting.length < batch.length
    rows += fitting.length
    made.push(file.rows(fitting))
    if (sizeOf(made) >= PIECE_BYTES) await work.keep(Buffer.concat(made.splice(0)), rows)
    else if (rows % SIGN_ROWS === 0) await work.goOn(rows)
  }
  made.push(file.end(isCut ? `最多 ${MOST_ROWS} 条，后面的没有导出；请缩小日期再导出。` : undefined))
  await work.finish(Buffer.concat(made), rows, isCut)
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}
