import { auditUser } from '../platform/audit/audit-user.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { recordUsageEvent } from '../usage/index.ts'
import { findGrant } from '../verification/index.ts'
import { purposeOf } from './kinds.ts'
import type { OpenRecords } from './open-records.ts'
import type { RecordsRoom } from './room.ts'

// 96 bits: two reports of one hospital never meet.
const PRINT_BYTES = 12

export interface Seen {
  /** How many reports, or points of a trend. */
  readonly count: number
  /** The HIS's number of the one report that is shown. */
  readonly reportId?: string
  /** Of the explanations beside its values. */
  readonly tableVersion?: string
  readonly from?: string
  readonly to?: string
}

/**
 * The last step before records are sent: records the access and commits. The grant is judged once more in the same
 * transaction, because the HIS took its time and the grant may have been voided meanwhile; then `verification-required`
 * is thrown, and recorded. Says by which grant, and which report only as a keyed fingerprint: its number and title
 * would tell what somebody is ill with.
 */
export async function recordAccess(
  room: RecordsRoom,
  { session, kind, patient }: OpenRecords,
  action: 'records.listed' | 'records.viewed' | 'records.pdf' | 'records.trend',
  { reportId, ...seen }: Seen,
): Promise<void> {
  const { database, cipher, clock } = room
  const { hospitalId, userId } = session
  const purpose = purposeOf(kind)
  const wanted = {
    userId,
    subject: { kind: 'patient', patientId: patient.id },
    purpose,
    act: 'read',
  } as const
  const report =
    reportId === undefined
      ? undefined
      : cipher
          .blindIndex(JSON.stringify([hospitalId, patient.patid, kind, reportId]), 'records.report')
          .subarray(0, PRINT_BYTES)
          .toString('base64url')
  const allowed = await database.inTransaction(hospitalId, async (tx) => {
    const found = await findGrant(tx, wanted, clock.nowMs())
    const grant = 'grant' in found ? found.grant : undefined
    auditUser(tx, clock, userId, {
      action: grant ? action : 'verification.refused',
      subject: patient.id,
      detail: grant
        ? { kind, grant: grant.id, assurance: grant.assurance, ...seen, ...(report && { report }) }
        : { purpose, act: 'read', why: 'ended-meanwhile' },
    })
    // 查询报告 is one use of the card: the list. What is opened from it is the same question.
    if (grant && action === 'records.listed')
      await recordUsageEvent(tx, room, { act: `list-${kind}`, user: session, patientId: patient.id })
    return grant !== undefined
  })
  if (!allowed) throw new AppError('verification-required')
}
