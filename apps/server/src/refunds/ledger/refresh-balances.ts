import { type HospitalId, newId, SECOND_MS } from '@zhangyi/core'
import { type HisBalances, HisError } from '@zhangyi/his'
import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { finishRun } from './finish-run.ts'
import type { ImportProgress } from './import-balances.ts'
import type { LedgerHis } from './ledger-room.ts'

const QUESTIONS_PER_SECOND = 5
// A HIS that is down is left alone.
const FAILURES_IN_A_ROW = 5

export interface RefreshWish {
  /** These only; otherwise those that are open, the longest unasked first. */
  readonly patids?: readonly string[]
  readonly limit: number
  readonly perSecond?: number
  readonly onProgress?: (progress: ImportProgress) => void
}

export interface RefreshedBalances {
  readonly asked: number
  readonly changed: number
  readonly cleared: number
  /** Without an answer: they stay as they are. */
  readonly failed: number
  /** The HIS did not answer several times in a row, and was not asked any more. */
  readonly stopped: boolean
}

/** Asks the HIS what is left of balances, one after the other and not too fast; it serves patients at the same time. */
export async function refreshBalances(
  room: LedgerHis,
  hospitalId: HospitalId,
  { patids, limit, perSecond = QUESTIONS_PER_SECOND, onProgress = () => {} }: RefreshWish,
  by: string,
): Promise<RefreshedBalances> {
  const { database, clock } = room
  const balances = balancesOf(room, hospitalId)
  return database.withLock(`refunds.ledger-refresh ${hospitalId}`, async () => {
    const begun = await database.inTransaction(hospitalId, (tx) =>
      beginRefresh(tx, patids, limit, by, clock.nowMs()),
    )
    const counts = { asked: 0, changed: 0, cleared: 0, failed: 0 }
    let inARow = 0
    for (const patid of begun.patids) {
      if (inARow >= FAILURES_IN_A_ROW) break
      onProgress({ done: counts.asked, of: begun.patids.length })
      if (counts.asked > 0 && Number.isFinite(perSecond)) await pause(SECOND_MS / perSecond)
      const answer = await askOne(room, hospitalId, balances, patid)
      counts.asked++
      inARow = answer === 'unavailable' ? inARow + 1 : 0
      if (answer === 'unavailable' || answer === 'refused') counts.failed++
      if (answer === 'changed' || answer === 'cleared') counts.changed++
      if (answer === 'cleared') counts.cleared++
    }
    const { asked, ...rest } = counts
    await database.inTransaction(hospitalId, (tx) =>
      finishRun(tx, begun.runId, { rows_done: asked, ...rest }, clock.nowMs()),
    )
    return { ...counts, stopped: inARow >= FAILURES_IN_A_ROW }
  })
}

function balancesOf({ hospitals, clients }: LedgerHis, id: HospitalId): HisBalances {
  const hospital = hospitals.find(id)
  const balances = hospital && clients.his(hospital).balances
  if (!balances) throw new AppError('his-refused', { zh: '这家医院的 HIS 没有接余额查询，请导入文件。' })
  return balances
}

async function beginRefresh(
  tx: Tx,
  wanted: readonly string[] | undefined,
  limit: number,
  by: string,
  nowMs: number,
): Promise<{ readonly runId: string; readonly patids: readonly string[] }> {
  const { rows } = await sql<{ patid: string }>`
    SELECT patid FROM balance_record WHERE hospital_id = ${tx.hospitalId}
      AND ${wanted === undefined ? sql`cleared_at_ms IS NULL` : sql`patid = ANY (${wanted}::text[])`}
    ORDER BY asked_at_ms NULLS FIRST, patid LIMIT ${limit}`.execute(tx.sql)
  await sql`UPDATE balance_run SET state = 'abandoned', finished_at_ms = ${nowMs}
    WHERE hospital_id = ${tx.hospitalId} AND source = 'query' AND state = 'running'`.execute(tx.sql)
  const runId = newId('brun')
  await sql`
    INSERT INTO balance_run (hospital_id, id, source, state, by_whom, whole, as_of_ms, rows, started_at_ms)
    VALUES (${tx.hospitalId}, ${runId}, 'query', 'running', ${by}, false, ${nowMs}, ${rows.length}, ${nowMs})`.execute(
    tx.sql,
  )
  recordAudit(tx, {
    ...{ atMs: nowMs, actor: `operator:${by}`, action: 'refunds.ledger-refreshed', subject: runId },
    ...{ traceId: currentTraceId(), detail: { archives: rows.length } },
  })
  return { runId, patids: rows.map(({ patid }) => patid) }
}

type Answer = 'same' | 'changed' | 'cleared' | HisError['kind']

async function askOne(
  { database, clock }: LedgerHis,
  hospitalId: HospitalId,
  balances: HisBalances,
  patid: string,
): Promise<Answer> {
  const refundedFen = await database.inTransaction(hospitalId, (tx) => refundedOf(tx, patid))
  try {
    // The whole of it: what is locked or held is still the patient's.
    const { total } = await balances.of(patid)
    return await database.inTransaction(hospitalId, (tx) =>
      storeAnswer(tx, patid, total, refundedFen, clock.nowMs()),
    )
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    const { kind, code } = error
    await database.inTransaction(hospitalId, (tx) =>
      sql`UPDATE balance_record SET asked_at_ms = ${clock.nowMs()}, asked_problem = ${code}
        WHERE hospital_id = ${hospitalId} AND patid = ${patid}`.execute(tx.sql),
    )
    return kind
  }
}

async function refundedOf(tx: Tx, patid: string): Promise<number> {
  const { rows } = await sql<{ refundedFen: number }>`
    SELECT refunded_fen AS "refundedFen" FROM balance_record
    WHERE hospital_id = ${tx.hospitalId} AND patid = ${patid}`.execute(tx.sql)
  return rows[0]?.refundedFen ?? 0
}

/** Not if something was refunded since the question: the answer may be from before. */
async function storeAnswer(
  tx: Tx,
  patid: string,
  totalFen: number,
  refundedFen: number,
  nowMs: number,
): Promise<Answer> {
  const { rows } = await sql<{ beforeFen: number }>`
    WITH before AS (
      SELECT patid, balance_fen FROM balance_record
      WHERE hospital_id = ${tx.hospitalId} AND patid = ${patid} AND refunded_fen = ${refundedFen} FOR UPDATE
    )
    UPDATE balance_record AS record SET balance_fen = ${totalFen}, source = 'query',
      elsewhere_fen = greatest(0, elsewhere_fen + record.balance_fen - ${totalFen}),
      cleared_at_ms = CASE WHEN ${totalFen}::bigint = 0 THEN coalesce(cleared_at_ms, ${nowMs}) END,
      asked_at_ms = ${nowMs}, asked_problem = NULL, updated_at_ms = ${nowMs}
    FROM before WHERE record.hospital_id = ${tx.hospitalId} AND record.patid = before.patid
    RETURNING before.balance_fen AS "beforeFen"`.execute(tx.sql)
  const beforeFen = rows[0]?.beforeFen
  if (beforeFen === undefined || beforeFen === totalFen) return 'same'
  return totalFen === 0 ? 'cleared' : 'changed'
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
