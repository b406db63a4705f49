import { formatShanghai, type HospitalId, newId, shanghaiDay } from '@zhangyi/core'
import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { textArray } from '../../platform/database/array-literal.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError, badInput } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { finishRun } from './finish-run.ts'
import type { LedgerDesk } from './ledger-room.ts'
import { type BalanceLine, readBalanceCsvGently } from './read-balance-csv.ts'
import { standing } from './snapshot.ts'
import { storeLines } from './store-lines.ts'
import type { BalanceRunRow } from './tables.ts'

const LINES_AT_ONCE = 1_000
const MOST_PROBLEMS = 50
// A file that was cut short looks as if most patients had been paid.
const MOST_CLEARED_SHARE = 0.5
const FEW = 20

export interface BalanceFile {
  readonly text: string
  /** Whether it names everybody who is owed something: who is missing is cleared elsewhere. Default true. */
  readonly whole?: boolean
  /** When its balances were true; refunds since then are taken off. Default now. */
  readonly asOfMs?: number
  /** It clears more than half of what is open, and that is right. */
  readonly mayClearMost?: boolean
  /** It was imported before another one, and is to hold again. */
  readonly again?: boolean
}

export interface ImportedBalances {
  readonly runId: string
  /** The last file once more: nothing was changed. */
  readonly repeated: boolean
  readonly rows: number
  readonly totalFen: number
  readonly added: number
  readonly changed: number
  /** Not in the file any more. */
  readonly cleared: number
  /** In the whole ledger, as it is then. */
  readonly toClean: number
}

export interface ImportProgress {
  readonly done: number
  readonly of: number
}

/**
 * Imports a file of uncleared balances, a thousand lines a transaction. Cut off, it goes on where it was when the same
 * file comes again; when it is through, the same file changes nothing. Throws `bad-input` with the lines of a file that
 * cannot be used, and nothing of it is taken.
 */
export async function importBalances(
  room: LedgerDesk,
  hospital: HospitalId,
  file: BalanceFile,
  by: string,
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportedBalances> {
  const { lines, problems } = await readBalanceCsvGently(file.text, shanghaiDay(room.clock.nowMs()))
  if (problems.length > 0) throw badInput(...firstOf(problems))
  const fileIndex = room.cipher.blindIndex(file.text, 'balance.file')
  // One at a time: two that were mixed would clear each other's.
  return room.database.withLock(`refunds.ledger ${hospital}`, async () => {
    const run = await room.database.inTransaction(hospital, (tx) =>
      beginRun(room, tx, file, fileIndex, lines, by),
    )
    const result = (ended: BalanceRunRow, repeated: boolean) =>
      room.database.inTransaction(hospital, (tx) => resultOf(tx, ended, repeated))
    if (run.state === 'done') return result(run, true)
    for (let done = run.rows_done; done < lines.length; done += LINES_AT_ONCE) {
      onProgress({ done, of: lines.length })
      await storeBatch(room, hospital, run, lines.slice(done, done + LINES_AT_ONCE), done)
    }
    onProgress({ done: lines.length, of: lines.length })
    const finished = await room.database.inTransaction(hospital, (tx) => endRun(room, tx, run))
    return result(finished, false)
  })
}

function firstOf<T extends { readonly field: string; readonly message: string }>(problems: readonly T[]) {
  const shown = problems.slice(0, MOST_PROBLEMS)
  if (problems.length === shown.length) return shown
  return [...shown, { field: '其余', message: `还有 ${problems.length - shown.length} 处` }]
}

/** The run of this file that was not finished, the one that says that there is nothing to do, or a new one. */
async function beginRun(
  { clock }: LedgerDesk,
  tx: Tx,
  { whole = true, asOfMs, mayClearMost = false, again = false }: BalanceFile,
  fileIndex: Buffer,
  lines: readonly BalanceLine[],
  by: string,
): Promise<BalanceRunRow> {
  const nowMs = clock.nowMs()
  if ((asOfMs ?? nowMs) > nowMs) throw badInput({ field: 'asOf', message: '文件的时间不能晚于现在' })
  const { rows: before } = await sql<BalanceRunRow>`
    SELECT * FROM balance_run WHERE hospital_id = ${tx.hospitalId} AND source = 'file' AND state <> 'abandoned'
    ORDER BY started_at_ms DESC, id`.execute(tx.sql)
  const [last] = before
  const isSame = (run: BalanceRunRow) => run.file_index?.equals(fileIndex) === true && run.whole === whole
  if (last && isSame(last)) return last
  const earlier = before.find((run) => run.state === 'done' && isSame(run))
  if (earlier && !again)
    throw badInput({
      field: '文件',
      message: `${formatShanghai(earlier.started_at_ms)} 导入过这份文件，之后又导入过别的；确定以它为准，请选“再次导入”（命令行 --again）`,
    })
  if (whole && !mayClearMost) await refuseToClearMost(tx, lines)
  await sql`UPDATE balance_run SET state = 'abandoned', finished_at_ms = ${nowMs}
    WHERE hospital_id = ${tx.hospitalId} AND source = 'file' AND state = 'running'`.execute(tx.sql)
  const runId = newId('brun')
  const totalFen = lines.reduce((sum, { balanceFen }) => sum + balanceFen, 0)
  const { rows } = await sql<BalanceRunRow>`
    INSERT INTO balance_run (hospital_id, id, source, state, by_whom, file_index, whole, as_of_ms, rows, total_fen,
      started_at_ms)
    VALUES (${tx.hospitalId}, ${runId}, 'file', 'running', ${by}, ${fileIndex}, ${whole}, ${asOfMs ?? nowMs},
      ${lines.length}, ${totalFen}, ${nowMs}) RETURNING *`.execute(tx.sql)
  recordAudit(tx, {
    ...{ atMs: nowMs, actor: `operator:${by}`, action: 'refunds.ledger-imported', subject: runId },
    ...{ traceId: currentTraceId(), detail: { rows: lines.length, totalFen, whole } },
  })
  return rows[0] as BalanceRunRow
}

async function refuseToClearMost(tx: Tx, lines: readonly BalanceLine[]): Promise<void> {
  const { rows } = await sql<{ open: number; missing: number }>`
    SELECT count(*) AS open, count(*) FILTER (WHERE line.patid IS NULL) AS missing
    FROM balance_record AS record
    LEFT JOIN unnest(${textArray(lines.map(({ patid }) => patid))}::text[]) AS line (patid) USING (patid)
    WHERE record.hospital_id = ${tx.hospitalId} AND record.cleared_at_ms IS NULL`.execute(tx.sql)
  const { open = 0, missing = 0 } = rows[0] ?? {}
  if (missing > FEW && missing > open * MOST_CLEARED_SHARE)
    throw badInput({
      field: '文件',
      message: `未清的 ${open} 份档案里有 ${missing} 份不在这份文件中，会记为已由其他方式结清。文件是否完整？确定完整，请选“可以大量结清”（命令行 --may-clear-most）；只是一部分，请选“部分文件”（--part）`,
    })
}

async function storeBatch(
  { database, cipher, clock }: LedgerDesk,
  hospital: HospitalId,
  run: BalanceRunRow,
  lines: readonly BalanceLine[],
  done: number,
): Promise<void> {
  await database.inTransaction(hospital, async (tx) => {
    const { added, changed } = await storeLines(
      ...[tx, cipher, lines],
      { id: run.id, asOfMs: run.as_of_ms },
      clock.nowMs(),
    )
    const { rows } = await sql`
      UPDATE balance_run SET rows_done = ${done + lines.length}, added = added + ${added}, changed = changed + ${changed}
      WHERE hospital_id = ${hospital} AND id = ${run.id} AND state = 'running' AND rows_done = ${done}
      RETURNING 1`.execute(tx.sql)
    if (rows.length === 0) throw new AppError('change-under-way', { zh: '另一次导入正在进行，请等它结束。' })
  })
}

/** Who was not in the whole file is cleared elsewhere. */
async function endRun({ clock }: LedgerDesk, tx: Tx, run: BalanceRunRow): Promise<BalanceRunRow> {
  const nowMs = clock.nowMs()
  let cleared = 0
  if (run.whole) {
    const { numAffectedRows } = await sql`
      UPDATE balance_record SET elsewhere_fen = elsewhere_fen + balance_fen, balance_fen = 0,
        cleared_at_ms = ${nowMs}, updated_at_ms = ${nowMs}
      WHERE hospital_id = ${tx.hospitalId} AND cleared_at_ms IS NULL AND run_id <> ${run.id}`.execute(tx.sql)
    cleared = Number(numAffectedRows ?? 0)
  }
  return finishRun(tx, run.id, { cleared }, nowMs)
}

async function resultOf(tx: Tx, run: BalanceRunRow, repeated: boolean): Promise<ImportedBalances> {
  return {
    ...{ runId: run.id, repeated, rows: run.rows, totalFen: run.total_fen },
    ...{ added: run.added, changed: run.changed, cleared: run.cleared },
    toClean: (await standing(tx)).toCleanCount,
  }
}
