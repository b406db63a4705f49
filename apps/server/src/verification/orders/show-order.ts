import { assertNever, maskName } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { currentTraceId } from '../../platform/http/trace.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { type GrantTables, grantOf } from '../grants/grant.ts'
import type { VerificationRoom } from '../room.ts'
import type { Reason, VerificationView } from '../verification-view.ts'
import { onwardReason } from './onward-reason.ts'
import type { OrderRow } from './order.ts'
import { waysOn } from './ways-on.ts'
import { type OwnOrder, withOwnOrder } from './with-own-order.ts'

export function viewOrder(room: VerificationRoom, session: Session, id: string): Promise<VerificationView> {
  return withOwnOrder(room, session, id, (tx, own) => showOrder(room, session, tx, own))
}

/** Where a verification stands, as its page needs it. */
export async function showOrder(
  room: VerificationRoom,
  session: Session,
  tx: Tx,
  { order, patient }: OwnOrder,
): Promise<VerificationView> {
  const { cipher, clock } = room
  const nowMs = clock.nowMs()
  const hospital = hospitalOf(room, session)
  const common = {
    id: order.id,
    purpose: order.purpose,
    patientId: order.patient_id,
    name: maskName(cipher.open(patient.name, 'patient.name').reveal()),
    expiresAt: new Date(order.expires_at_ms).toISOString(),
  }
  const onward = async (why: Reason): Promise<VerificationView> => {
    const { reason, ways } = await waysOn(room, session, tx, { order, patient }, why)
    return {
      ...common,
      step: 'ways-on',
      reason,
      ways: [...ways],
      selfService: hospital.verification.selfService ?? null,
      traceId: order.trace_id ?? currentTraceId(),
    }
  }
  const reason = onwardReason(order, nowMs)
  if (reason) return onward(reason)
  switch (order.state) {
    case 'on-platform': {
      const { verify_url: url, verify_order_id: orderId } = order
      if (!url || !orderId) throw new Error(`verification ${order.id} has no platform page`)
      return {
        ...common,
        step: 'open-platform',
        url: cipher.open(url, 'verification.verify_url').reveal(),
        verifyOrderId: cipher.open(orderId, 'verification.verify_order_id').reveal(),
      }
    }
    case 'starting':
    case 'checking':
    case 'ways-on':
      return { ...common, step: 'waiting' }
    case 'granted': {
      const grant = await grantOfOrder(tx, order)
      // Used up or voided since: the page begins again.
      if (grant.assurance === 'face') throw new Error(`verification ${order.id} holds a face grant`)
      if (grant.voidedAtMs !== undefined || grant.expiresAtMs <= nowMs) return onward('expired')
      return {
        ...common,
        step: 'granted',
        assurance: grant.assurance,
        grantExpiresAt: new Date(grant.expiresAtMs).toISOString(),
      }
    }
    default:
      return assertNever(order.state)
  }
}

async function grantOfOrder(tx: Tx, order: OrderRow) {
  const row = await tx.sql
    .withTables<GrantTables>()
    .selectFrom('verification_grant')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '=', order.grant_id)
    .executeTakeFirstOrThrow()
  return grantOf(row)
}
