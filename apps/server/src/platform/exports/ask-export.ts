import { newId } from '@zhangyi/core'
import { recordAudit } from '../audit/record-audit.ts'
import type { Tx } from '../database/tx.ts'
import { AppError, badInput } from '../errors/catalogue.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Operator } from '../operators/accounts/account.ts'
import type { AnyExportKind } from './export-kind.ts'
import { type ExportFormat, type ExportRow, exportTables } from './export-row.ts'
import { allowedKind, exportedHospital } from './find-kind.ts'
import { requireReason } from './require-reason.ts'
import { EXPORTS_WORK, type ExportsRoom } from './room.ts'

/** Of one account, in one hospital. */
export const MOST_UNFINISHED = 3
export const MOST_KEPT = 10
/** So many rows are counted before anything is written. */
const COUNTED_ROWS = 1_000

export interface ExportWish {
  readonly kind: string
  readonly format: ExportFormat
  readonly hospital: string | undefined
  readonly filters: Readonly<Record<string, string>>
  readonly reason: string
}

/** The request, its audit and the wake-up are one: what is not asked for in the audit is not written. */
export async function askExport(room: ExportsRoom, who: Operator, wish: ExportWish): Promise<ExportRow> {
  const kind = allowedKind(room, who, wish.kind)
  const hospital = exportedHospital(room, who, kind, wish.hospital)
  requireReason(kind, wish.reason)
  const filters = wishedFilters(kind, wish.filters)
  const expected = await countRows(room, hospital, kind, filters)
  const nowMs = room.clock.nowMs()
  const row: ExportRow = {
    ...{ hospital_id: hospital, id: newId('export'), kind: kind.name, format: wish.format, filters },
    ...{ account_id: who.accountId, login_name: who.id, state: 'waiting', rows_expected: expected ?? null },
    ...{ rows_done: 0, bytes_done: 0, is_cut: false, problem: null, tries: 0 },
    ...{ next_action_at_ms: nowMs, created_at_ms: nowMs, finished_at_ms: null },
  }
  await room.database.inTransaction(hospital, async (tx) => {
    await makeRoom(tx, who)
    tx.later(
      exportTables(tx)
        .insertInto('console_export')
        .values({ ...row, filters: JSON.stringify(filters) }),
    )
    recordAudit(tx, {
      ...{ atMs: nowMs, actor: `operator:${who.id}`, action: 'exports.asked', subject: row.id },
      traceId: currentTraceId(),
      detail: {
        ...filters,
        kind: kind.name,
        format: wish.format,
        ...(wish.reason && { reason: wish.reason }),
      },
    })
    await room.jobs.wake(tx, EXPORTS_WORK)
  })
  return row
}

/** As many as there are up to a thousand; undefined beyond, where counting costs as much as writing. */
export async function countRows(
  { database }: ExportsRoom,
  hospital: ReturnType<typeof exportedHospital>,
  kind: AnyExportKind,
  filters: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const size = COUNTED_ROWS + 1
  const batches = kind.batches((fn) => database.inTransaction(hospital, fn), filters, { size, most: size })
  const first = await batches.next()
  const count = first.done ? 0 : first.value.length
  return count < size ? count : undefined
}

/** Throws `bad-input`; only the kind's own filters come through. */
export function wishedFilters(
  kind: AnyExportKind,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''))
  const read = kind.filters.safeParse(filled)
  if (!read.success) throw badInput({ field: 'filters', message: '搜索条件里有一项不对，请改好再导出' })
  return Object.fromEntries(Object.entries(filled).filter(([key]) => key in (read.data as object)))
}

/** Waits for who asks at the same time. Of the finished ones the oldest goes. */
async function makeRoom(tx: Tx, { accountId }: Operator): Promise<void> {
  const own = await exportTables(tx)
    .selectFrom('console_export')
    .select(['id', 'state'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('account_id', '=', accountId)
    .orderBy('created_at_ms', 'desc')
    .forUpdate()
    .execute()
  const [open, over] = [own.filter(isUnfinished), own.filter((one) => !isUnfinished(one))]
  if (open.length >= MOST_UNFINISHED)
    throw new AppError('export-refused', {
      zh: `您有 ${MOST_UNFINISHED} 份导出还没有写完，请等它们完成，或取消一份。`,
    })
  const tooOld = over.slice(MOST_KEPT - open.length - 1).map(({ id }) => id)
  if (tooOld.length === 0) return
  tx.later(
    exportTables(tx)
      .deleteFrom('console_export')
      .where('hospital_id', '=', tx.hospitalId)
      .where('id', 'in', tooOld),
  )
}

export function isUnfinished({ state }: Pick<ExportRow, 'state'>): boolean {
  return state === 'waiting' || state === 'working'
}
