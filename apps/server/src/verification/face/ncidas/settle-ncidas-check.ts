import { assertNever, type Outcome } from '@zhangyi/core'
import { auditUser } from '../../../platform/audit/audit-user.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import { AppError } from '../../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../../platform/hospitals/hospital-of.ts'
import type { Session } from '../../../platform/sessions/session.ts'
import { claimQuery } from '../claim-query.ts'
import type { FaceCheckRow, FaceRoom } from '../face-check.ts'
import { changeFaceCheck } from '../face-check-rows.ts'
import { openPerson } from '../face-person.ts'
import { type OrderSettlement, orderSettlement } from '../order/order-settlement.ts'
import { isNcidas, withOwnFaceCheck } from '../with-own-face-check.ts'
import type { NcidasParameters } from './national-identity.ts'

/**
 * What the phone's `wx.ncidas` answered, for the adapter to prove: a client's word is worth nothing. Proven, the check
 * is `verified`, and the platform is told as after a face check (`settleOrderCheck`). Nobody can say: it may be handed
 * in again.
 */
export async function settleNcidasCheck(
  room: FaceRoom,
  session: Session,
  id: string,
  result: Readonly<Record<string, unknown>>,
): Promise<OrderSettlement> {
  const adapter = room.nationalIdentity(hospitalOf(room, session))
  if (!adapter) throw new AppError('face-check-refused')
  const { row, changed } = await withOwnFaceCheck(room, session, id, isNcidas, (tx, locked) =>
    claimQuery(tx, room, locked),
  )
  if (!changed || row.parameters === null) return orderSettlement(room, row)
  const parameters = room.cipher.open(row.parameters, 'face_check.parameters').reveal()
  const outcome = await adapter.settle(
    openPerson(room.cipher, row.person),
    result,
    JSON.parse(parameters) as NcidasParameters,
  )
  const after = await withOwnFaceCheck(room, session, id, isNcidas, async (tx, locked) =>
    locked.state === 'querying' ? store(tx, room, session, locked, outcome) : undefined,
  )
  return orderSettlement(room, after.row)
}

async function store(
  tx: Tx,
  { cipher, clock }: FaceRoom,
  session: Session,
  row: FaceCheckRow,
  outcome: Outcome<{ readonly extInfo: Readonly<Record<string, string>> }>,
): Promise<FaceCheckRow> {
  switch (outcome.kind) {
    case 'yes':
      return changeFaceCheck(tx, row, {
        ...{ state: 'verified', counts_as_attempt: true, claimed_at_ms: null },
        ext_info: cipher.seal(JSON.stringify(outcome.value.extInfo), 'face_check.ext_info'),
      })
    case 'no':
      auditUser(tx, clock, session.userId, {
        ...{ action: 'verification.face-failed', subject: row.id },
        detail: { purpose: row.purpose, method: row.method },
      })
      return changeFaceCheck(tx, row, { state: 'failed', counts_as_attempt: true, claimed_at_ms: null })
    case 'unknown':
      return changeFaceCheck(tx, row, { state: 'started', claimed_at_ms: null })
    default:
      return assertNever(outcome)
  }
}
