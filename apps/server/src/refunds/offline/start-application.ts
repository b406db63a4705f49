import { newId, startOfShanghaiDay } from '@zhangyi/core'
import { requireConsent } from '../../patients/index.ts'
import { auditUser } from '../../platform/audit/audit-user.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError, badInput } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { lockUser } from '../../platform/sessions/lock-user.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { type CheckedApplication, checkApplication } from './check-application.ts'
import {
  type ApplicationRow,
  type OfflineTables,
  patientIndexes,
  sealApplicant,
  sealPatient,
  sealText,
} from './offline-row.ts'
import { ENDS } from './offline-states.ts'
import type { ApplicationInput, OfflineApplication } from './offline-views.ts'
import type { OfflineRoom } from './room.ts'
import { viewOwn } from './view-application.ts'

/** A new draft; the same key again is the same application, whatever the limits say by then. */
export function startApplication(
  room: OfflineRoom,
  session: Session,
  input: ApplicationInput,
): Promise<OfflineApplication> {
  const checked = checkApplication(input, room.clock.nowMs())
  const { reason, requestKey } = input
  const { applicant, patient, note } = checked
  const said = JSON.stringify([reason, Object.entries(applicant), Object.entries(patient), note])
  const hash = room.cipher.blindIndex(said, 'offline.request')
  return room.database.inTransaction(session.hospitalId, async (tx) => {
    await lockUser(tx, session.userId)
    const before = await findByKey(tx, session, requestKey)
    if (before && !before.request_hash.equals(hash))
      throw badInput({ field: 'requestKey', message: '这张表已经提交过，请重新打开页面再填' })
    if (before) return viewOwn(tx, room, before)
    await requireConsent(tx, session.userId)
    await requireRoom(tx, room, session)
    const row = await store(tx, room, session, input, checked, hash)
    return viewOwn(tx, room, row)
  })
}

function findByKey(tx: Tx, { userId }: Session, requestKey: string): Promise<ApplicationRow | undefined> {
  return tx.sql
    .withTables<OfflineTables>()
    .selectFrom('offline_application')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('request_key', '=', requestKey)
    .executeTakeFirst()
}

async function requireRoom(tx: Tx, room: OfflineRoom, session: Session): Promise<void> {
  const { phone, counter, refunds } = hospitalOf(room, session)
  const { open, perDay, maxOpen } = refunds.offline
  if (!open) throw new AppError('offline-closed', { zh: closedText(phone, counter) })
  const { today, unfinished } = await tx.sql
    .withTables<OfflineTables>()
    .selectFrom('offline_application')
    .select(({ fn }) => [
      fn
        .countAll<number>()
        .filterWhere('created_at_ms', '>=', startOfShanghaiDay(room.clock.nowMs()))
        .as('today'),
      fn
        .countAll<number>()
        .filterWhere('state', 'not in', [...ENDS])
        .as('unfinished'),
    ])
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', session.userId)
    .executeTakeFirstOrThrow()
  if (unfinished >= maxOpen)
    throw new AppError('offline-limit', {
      zh: `您已有 ${unfinished} 份没有办完的申请，请先办完或撤回其中一份。`,
    })
  if (today >= perDay)
    throw new AppError('offline-limit', { zh: '今天新建的申请已到上限，请明天再来，或到窗口办理。' })
}

export function closedText(phone: string, counter: string): string {
  return `医院暂时不在手机上接受线下退款申请，请带上材料到${counter}办理，或拨打 ${phone}。`
}

async function store(
  tx: Tx,
  { cipher, clock }: OfflineRoom,
  { userId }: Session,
  { reason, requestKey }: ApplicationInput,
  { applicant, patient, note }: CheckedApplication,
  hash: Buffer,
): Promise<ApplicationRow> {
  const nowMs = clock.nowMs()
  const row = await tx.sql
    .withTables<OfflineTables>()
    .insertInto('offline_application')
    .values({
      ...{ hospital_id: tx.hospitalId, id: newId('offline'), user_id: userId },
      ...{ request_key: requestKey, request_hash: hash, reason, state: 'draft' },
      ...{ applicant: sealApplicant(cipher, applicant), patient: sealPatient(cipher, patient) },
      ...patientIndexes(cipher, patient),
      ...{ note: sealText(cipher, note, 'note'), said: null, reviewer: null },
      ...{ proposed_by: null, proposed_fen: null, proposed_at_ms: null, decided_by: null },
      ...{ decided_at_ms: null, amount_fen: null, payout_how: null, payout_voucher: null },
      ...{ paid_out_at_ms: null, submitted_at_ms: null, uploads: 0 },
      ...{ created_at_ms: nowMs, moved_at_ms: nowMs },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  auditUser(tx, clock, userId, {
    ...{ action: 'refunds.offline-started', subject: row.id },
    detail: { reason },
  })
  return row
}
