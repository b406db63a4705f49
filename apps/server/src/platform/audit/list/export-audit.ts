import { type Clock, formatShanghai, type HospitalId } from '@zhangyi/core'
import { csvLine } from '../../csv/csv-line.ts'
import type { Database } from '../../database/database.ts'
import { badInput } from '../../errors/catalogue.ts'
import { currentTraceId } from '../../http/trace.ts'
import { actionName } from '../audit-words.ts'
import { recordAudit } from '../record-audit.ts'
import { type AuditCursor, type AuditFilter, type AuditWish, parseFilter } from './audit-filter.ts'
import { type AuditRow, listAudit } from './list-audit.ts'

const ROWS_AT_ONCE = 1_000
/** What a spreadsheet opens. */
export const MOST_ROWS = 1_000_000
const SHORTEST_REASON = 4
const LONGEST_REASON = 200

const HEADINGS = ['编号', '时间', '操作人', '操作', '操作代码', '对象', '追踪号', '详情']

export interface ExportRoom {
  readonly database: Database
  readonly clock: Clock
}

export interface ExportWish extends AuditWish {
  /** For what it is taken out of the house. */
  readonly reason: string
}

/**
 * The entries that fit as a table for a spreadsheet, newest first, in pieces. That it was taken, by whom, what and why,
 * stands in the audit before the first piece is given out.
 */
export async function exportAudit(
  { database, clock }: ExportRoom,
  hospital: HospitalId,
  { reason: said, ...wish }: ExportWish,
  by: string,
): Promise<AsyncGenerator<string>> {
  const filter = parseFilter(wish)
  const reason = said.trim()
  if (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON)
    throw badInput({ field: 'reason', message: `写明用途，${SHORTEST_REASON} 至 ${LONGEST_REASON} 个字` })
  const wished = Object.entries(wish).filter(([, value]) => value !== undefined && value !== '')
  await database.inTransaction(hospital, (tx) =>
    recordAudit(tx, {
      ...{ atMs: clock.nowMs(), actor: `operator:${by}`, action: 'audit.exported', subject: 'audit' },
      ...{ traceId: currentTraceId(), detail: { ...Object.fromEntries(wished), reason } },
    }),
  )
  return pieces(database, hospital, filter)
}

async function* pieces(
  database: Database,
  hospital: HospitalId,
  filter: AuditFilter,
): AsyncGenerator<string> {
  // Without the byte order mark a Chinese spreadsheet reads other letters.
  yield `\uFEFF${csvLine(HEADINGS)}\r\n`
  let before: AuditCursor | undefined
  for (let given = 0; given < MOST_ROWS; given += ROWS_AT_ONCE) {
    const cursor = before
    const rows = await database.read(hospital, (tx) =>
      listAudit(tx, filter, { before: cursor, limit: ROWS_AT_ONCE }),
    )
    if (rows.length > 0) yield rows.map((row) => `${csvLine(cellsOf(row))}\r\n`).join('')
    const last = rows.at(-1)
    if (!last || rows.length < ROWS_AT_ONCE) return
    before = { atMs: last.at_ms, id: last.id }
  }
  yield `${csvLine([`只导出了最新的 ${MOST_ROWS} 条，更早的请缩小日期再导出`])}\r\n`
}

function cellsOf({ id, at_ms, actor, action, subject, trace_id, detail }: AuditRow) {
  return [
    ...[id, formatShanghai(at_ms), actor, actionName(action), action, subject, trace_id],
    JSON.stringify(detail),
  ]
}
