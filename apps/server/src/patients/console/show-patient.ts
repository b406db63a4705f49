import { sql } from 'kysely'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { Platform } from '../../platform/platform.ts'
import { identitiesOf } from '../../platform/sessions/identities-of.ts'
import type { PatientRow, PatientsTables } from '../tables.ts'
import type { PatientDetail, Unmasked } from './console-views.ts'
import { openPatient, viewListed } from './view-patient.ts'

type Parts = Pick<Platform, 'cipher' | 'clock'>
/** A list of what hardly ever is more than a few. */
const MOST = 20

/** One patient, masked, with who holds it; that it was looked at stands in the audit. */
export async function showPatient(
  tx: Tx,
  { cipher, clock }: Parts,
  hospital: Hospital,
  operator: string,
  id: string,
): Promise<PatientDetail> {
  const row = await findRow(tx, id)
  recordAudit(tx, {
    ...{ atMs: clock.nowMs(), actor: `operator:${operator}`, action: 'patients.seen', subject: id },
    traceId: currentTraceId(),
  })
  const identities = await identitiesOf(tx, row.user_id)
  return {
    ...viewListed(cipher, row),
    ...{ gender: row.gender, birthYear: openPatient(cipher, row).birthday.slice(0, 4) },
    ...{ isDefault: row.is_default, unlinkedAtMs: row.unlinked_at_ms },
    healthCardId: row.health_card_id && `…${row.health_card_id.slice(-8)}`,
    confirmation: await confirmationOf(tx, row.patid),
    identities: identities.map(({ appid, ...rest }) => ({ app: appName(hospital, appid), ...rest })),
    consents: await consentsOf(tx, row.user_id),
    others: await othersOf(tx, cipher, row),
  }
}

/** With names and numbers in full, for a reason that the audit log keeps. */
export async function unmaskPatient(
  tx: Tx,
  { cipher, clock }: Parts,
  operator: string,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Unmasked> {
  const row = await findRow(tx, id)
  recordAudit(tx, {
    ...{ atMs: clock.nowMs(), actor: `operator:${operator}`, action: 'patients.unmasked', subject: id },
    ...{ traceId: currentTraceId(), detail: { reason } },
  })
  return openPatient(cipher, row)
}

async function findRow(tx: Tx, id: string): Promise<PatientRow> {
  const row = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('patient')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new AppError('not-found', { zh: '没有这位就诊人，请返回列表重新选择。' })
  return row
}

async function confirmationOf(tx: Tx, patid: string): Promise<PatientDetail['confirmation']> {
  const row = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('unconfirmed_archive')
    .select(['needs_operator', 'refused_at_ms'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patid)
    .executeTakeFirst()
  if (!row) return null
  return row.refused_at_ms !== null ? 'refused' : row.needs_operator ? 'waiting' : 'own'
}

async function consentsOf(tx: Tx, userId: string): Promise<PatientDetail['consents']> {
  const rows = await tx.sql
    .withTables<PatientsTables>()
    .selectFrom('consent')
    .select(['version', 'accepted_at_ms as acceptedAtMs', 'withdrawn_at_ms as withdrawnAtMs'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .orderBy('accepted_at_ms', 'desc')
    .limit(MOST)
    .execute()
  return rows
}

async function othersOf(tx: Tx, cipher: Cipher, row: PatientRow): Promise<PatientDetail['others']> {
  const { rows } = await sql<PatientRow>`
    SELECT * FROM patient WHERE hospital_id = ${tx.hospitalId} AND person_index = ${row.person_index}
      AND id <> ${row.id} ORDER BY created_at_ms DESC, id DESC LIMIT ${MOST}`.execute(tx.sql)
  return rows.map((one) => viewListed(cipher, one))
}

function appName({ wechat }: Hospital, appid: string): string {
  if (wechat.miniProgram?.appid === appid) return '小程序'
  return wechat.officialAccount?.appid === appid ? '公众号' : appid
}
