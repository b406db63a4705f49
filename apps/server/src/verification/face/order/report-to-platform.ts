import { assertNever, type Outcome, TRANSPORT } from '@zhangyi/core'
import { healthCardOf } from '../../../platform/clients/health-card-of.ts'
import type { Session } from '../../../platform/sessions/session.ts'
import type { FaceCheckRow, FaceRoom } from '../face-check.ts'
import type { FaceCheckChange } from '../face-check-rows.ts'
import { openPerson } from '../face-person.ts'

// The only value of `result` that is known for a pass; a failure is never told.
const PASSED = '01'
const RESIDENT_ID = '01'

/** `registerRealPersonAuthOrder`, once, with the person, order and type of our own row. Spends the wechatCode. */
export function reportToPlatform(
  room: FaceRoom,
  session: Session,
  row: FaceCheckRow,
  wechatCode: string,
): Promise<Outcome<{ readonly verifyOrderId: string }>> {
  const { cipher } = room
  if (row.order_id === null || row.verify_type === null) throw new Error(`face check ${row.id} has no order`)
  const { client, context } = healthCardOf(room, session)
  const { name, idNumber } = openPerson(cipher, row.person)
  const extInfo = row.ext_info && cipher.open(row.ext_info, 'face_check.ext_info').reveal()
  return client.registerRealPersonAuthOrder(
    {
      orderId: cipher.open(row.order_id, 'face_check.order_id').reveal(),
      ...{ wechatCode, name: name.reveal(), idCard: idNumber.reveal(), cardType: RESIDENT_ID },
      ...{ result: PASSED, verifyType: row.verify_type },
      ...(extInfo && { extInfo: JSON.parse(extInfo) as Record<string, string> }),
    },
    context,
  )
}

/** What an answer of the platform changes. */
export function afterReport(
  { cipher }: FaceRoom,
  outcome: Awaited<ReturnType<typeof reportToPlatform>>,
): FaceCheckChange {
  switch (outcome.kind) {
    case 'yes': {
      const { verifyOrderId } = outcome.value
      const sealed = cipher.seal(verifyOrderId, 'face_check.verify_order_id')
      return { state: 'passed', claimed_at_ms: null, verify_order_id: sealed }
    }
    case 'no':
      // Never sent: the code is as fresh as before.
      return outcome.code === TRANSPORT
        ? { state: 'verified', claimed_at_ms: null, code_index: null }
        : { state: 'failed', claimed_at_ms: null }
    case 'unknown':
      return { state: 'unknown', claimed_at_ms: null }
    default:
      return assertNever(outcome)
  }
}
