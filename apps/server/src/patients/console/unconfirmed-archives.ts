import type { HospitalId } from '@zhangyi/core'
import { type RawBuilder, sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import { inTime } from '../../platform/operators/list-page.ts'
import type { PatientRow, PatientsTables } from '../tables.ts'
import type { CONFIRM_STATES, UnconfirmedView } from './console-views.ts'
import { viewListed } from './view-patient.ts'

type ConfirmState = (typeof CONFIRM_STATES)[number]
type Archive = PatientsTables['unconfirmed_archive']
export type UnconfirmedRow = Archive & { readonly patient: string | null }

export interface UnconfirmedWish {
  readonly state: ConfirmState
  readonly before?: string | undefined
}

const STATES: Readonly<Record<ConfirmState, RawBuilder<unknown>>> = {
  waiting: sql`needs_operator AND refused_at_ms IS NULL`,
  own: sql`NOT needs_operator AND refused_at_ms IS NULL`,
  refused: sql`refused_at_ms IS NOT NULL`,
}

/** Who waits longest first. */
export function unconfirmedQuery(
  hospital: HospitalId,
  { state, before }: UnconfirmedWish,
  limit: number,
): RawBuilder<UnconfirmedRow> {
  const conditions = [
    sql`a.hospital_id = ${hospital}`,
    STATES[state],
    ...inTime(sql`a.created_at_ms`, sql`a.patid`, { before }, 'oldest-first'),
  ]
  return sql<UnconfirmedRow>`
    SELECT a.*, (SELECT p.id FROM patient p WHERE p.hospital_id = a.hospital_id AND p.patid = a.patid
      AND p.unlinked_at_ms IS NULL ORDER BY p.created_at_ms, p.id LIMIT 1) AS patient
    FROM unconfirmed_archive a WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY a.created_at_ms, a.patid LIMIT ${limit}`
}

/** The patients behind these rows, masked. */
export async function viewUnconfirmed(
  tx: Tx,
  cipher: Cipher,
  rows: readonly UnconfirmedRow[],
): Promise<readonly UnconfirmedView[]> {
  const ids = rows.flatMap(({ patient }) => patient ?? [])
  const found = await sql<PatientRow>`
    SELECT * FROM patient WHERE hospital_id = ${tx.hospitalId} AND id = ANY (${ids})`.execute(tx.sql)
  const byId = new Map(found.rows.map((row) => [row.id, viewListed(cipher, row)]))
  return rows.map((row) => ({
    ...{ patid: row.patid, createdAtMs: row.created_at_ms },
    state: row.refused_at_ms !== null ? 'refused' : row.needs_operator ? 'waiting' : 'own',
    ...{ refusedAtMs: row.refused_at_ms, refusedBy: row.refused_by },
    patient: (row.patient && byId.get(row.patient)) || null,
  }))
}

export interface Decision {
  readonly patid: string
  readonly reason: string
  readonly operator: string
  readonly nowMs: number
}

const GONE = '这份档案已经不在待确认里：本人验证过了，或同事处理了。请刷新。'

/** An operator saw the person and the document: what stands in the archive is that person's, for every link of it. */
export async function confirmByOperator(tx: Tx, decision: Decision): Promise<void> {
  const { patid } = decision
  const { rows } = await sql`
    DELETE FROM unconfirmed_archive WHERE hospital_id = ${tx.hospitalId} AND patid = ${patid} RETURNING patid`.execute(
    tx.sql,
  )
  if (rows.length === 0) throw new AppError('not-found', { zh: GONE })
  await sql`
    DELETE FROM unconfirmed_person WHERE hospital_id = ${tx.hospitalId} AND person_index IN (
      SELECT person_index FROM patient
      WHERE hospital_id = ${tx.hospitalId} AND patid = ${patid} AND unlinked_at_ms IS NULL)`.execute(tx.sql)
  record(tx, decision, 'patients.archive-confirmed')
}

/** Looked at, and not that person's: it stays unconfirmed, no code goes to its phone, and it waits no more. */
export async function refuseByOperator(tx: Tx, decision: Decision): Promise<void> {
  const { patid, operator, nowMs } = decision
  const { rows } = await sql`
    UPDATE unconfirmed_archive SET refused_at_ms = ${nowMs}, refused_by = ${operator}
    WHERE hospital_id = ${tx.hospitalId} AND patid = ${patid} AND refused_at_ms IS NULL RETURNING patid`.execute(
    tx.sql,
  )
  if (rows.length === 0) throw new AppError('not-found', { zh: GONE })
  record(tx, decision, 'patients.archive-refused')
}

function record(tx: Tx, { patid, reason, operator, nowMs }: Decision, action: string): void {
  recordAudit(tx, {
    ...{ atMs: nowMs, actor: `operator:${operator}`, action, subject: patid },
    ...{ traceId: currentTraceId(), detail: { reason } },
  })
}
