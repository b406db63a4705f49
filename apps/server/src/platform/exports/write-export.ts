import type { HospitalId } from '@zhangyi/core'
import { ExportInWork, NoLongerOurs } from './export-in-work.ts'
import type { AnyExportKind } from './export-kind.ts'
import type { ExportRow } from './export-row.ts'
import { filePieces } from './file-pieces.ts'
import type { ExportsWorkRoom } from './room.ts'

/** So much of a file is in memory, a few times over while it is sealed. */
const PIECE_BYTES = 512 * 1024
/** A long file that packs well shows that it goes on. */
const SIGN_ROWS = 10_000

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
  row: ExportRow,
  kind: AnyExportKind,
  work: ExportInWork,
): Promise<void> {
  const made: Uint8Array[] = []
  let [told, last] = [0, { rows: 0, isCut: false }]
  for await (const piece of filePieces(kind, (fn) => database.inTransaction(hospital, fn), row)) {
    last = piece
    made.push(piece.bytes)
    if (sizeOf(made) >= PIECE_BYTES) await work.keep(Buffer.concat(made.splice(0)), piece.rows)
    else if (piece.rows - told >= SIGN_ROWS) await work.goOn(piece.rows)
    else continue
    told = piece.rows
  }
  await work.finish(Buffer.concat(made), last.rows, last.isCut)
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}
