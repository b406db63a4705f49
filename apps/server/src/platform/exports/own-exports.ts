import type { HospitalId } from '@zhangyi/core'
import { recordAudit } from '../audit/record-audit.ts'
import type { Tx } from '../database/tx.ts'
import { AppError } from '../errors/catalogue.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Operator } from '../operators/accounts/account.ts'
import { isUnfinished } from './ask-export.ts'
import { type ExportRow, exportTables, pieceContext } from './export-row.ts'
import { allowedKind } from './find-kind.ts'
import type { ExportsRoom } from './room.ts'

/** Of one account, newest first; there are never many. */
export async function listOwnExports(tx: Tx, { accountId }: Operator): Promise<readonly ExportRow[]> {
  const rows = await exportTables(tx)
    .selectFrom('console_export')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('account_id', '=', accountId)
    .orderBy('created_at_ms', 'desc')
    .execute()
  return rows as unknown as readonly ExportRow[]
}

/** Takes back what is not wanted any more: what is being written ends, what is written goes away at once. */
export async function cancelExport(
  room: ExportsRoom,
  who: Operator,
  hospital: HospitalId,
  id: string,
): Promise<void> {
  await room.database.inTransaction(hospital, async (tx) => {
    const row = await lockOwn(tx, who, id)
    recordAudit(tx, entryOf(room, who, row, 'exports.cancelled'))
    tx.later(
      exportTables(tx).deleteFrom('console_export').where('hospital_id', '=', hospital).where('id', '=', id),
    )
  })
}

export interface ExportFile {
  readonly row: ExportRow
  readonly pieces: AsyncGenerator<Buffer>
}

/** For who asked for it and still may. Stands in the audit before the first byte leaves. */
export async function takeExport(
  room: ExportsRoom,
  who: Operator,
  hospital: HospitalId,
  id: string,
): Promise<ExportFile> {
  const row = await room.database.inTransaction(hospital, async (tx) => {
    const found = await lockOwn(tx, who, id)
    allowedKind(room, who, found.kind)
    if (isUnfinished(found)) throw new AppError('export-refused', { zh: '文件还没有写完，请稍等。' })
    if (found.state !== 'done') throw new AppError('export-refused', { zh: '这份导出没有写成，请重新导出。' })
    recordAudit(tx, entryOf(room, who, found, 'exports.downloaded'))
    return found
  })
  return { row, pieces: piecesOf(room, hospital, id) }
}

async function* piecesOf(
  { database, cipher }: ExportsRoom,
  hospital: HospitalId,
  id: string,
): AsyncGenerator<Buffer> {
  for (let place = 0; ; place++) {
    const piece = await database.read(hospital, (tx) =>
      exportTables(tx)
        .selectFrom('console_export_piece')
        .select('content')
        .where('hospital_id', '=', hospital)
        .where('export_id', '=', id)
        .where('place', '=', place)
        .executeTakeFirst(),
    )
    if (!piece) return
    yield cipher.openBytes(piece.content, pieceContext(id, place))
  }
}

/** Somebody else's is not there. */
async function lockOwn(tx: Tx, { accountId }: Operator, id: string): Promise<ExportRow> {
  const row = await exportTables(tx)
    .selectFrom('console_export')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { zh: '没有这份导出，或已经过了保存时间，请重新导出。' })
  return row as unknown as ExportRow
}

function entryOf(
  { clock }: ExportsRoom,
  who: Operator,
  { id, kind, format, rows_done }: ExportRow,
  action: 'exports.downloaded' | 'exports.cancelled',
) {
  return {
    ...{ atMs: clock.nowMs(), actor: `operator:${who.id}`, action, subject: id },
    ...{ traceId: currentTraceId(), detail: { kind, format, rows: rows_done } },
  }
}
