import { newId } from '@zhangyi/core'
import { type PatientRow, patientView } from '../patients/index.ts'
import { auditUser } from '../platform/audit/audit-user.ts'
import type { Tx } from '../platform/database/tx.ts'
import type { Session } from '../platform/sessions/session.ts'
import { type OrderContent, type OrderRow, sealContent, type VisitsTables } from './order-row.ts'
import type { VisitsParts } from './room.ts'

export interface OrderToStore
  extends Pick<OrderRow, 'kind' | 'state' | 'slot_id' | 'fee_fen' | 'expires_at_ms' | 'next_action_at_ms'> {
  readonly content: Omit<OrderContent, 'patientName'>
}

/** A new order of a user's own patient. Undefined: another live order keeps this archive's place in the slot. */
export async function storeOrder(
  tx: Tx,
  { cipher, clock }: VisitsParts,
  session: Session,
  patient: PatientRow,
  { content, ...order }: OrderToStore,
): Promise<OrderRow | undefined> {
  const nowMs = clock.nowMs()
  const patientName = patientView(patient, cipher).name
  const row = await tx.sql
    .withTables<VisitsTables>()
    .insertInto('visit_order')
    .values({
      ...order,
      ...{ hospital_id: tx.hospitalId, id: newId('visit') },
      ...{ user_id: session.userId, appid: session.appid, openid: session.openid, channel: session.channel },
      ...{
        patient_id: patient.id,
        patid: patient.patid,
        content: sealContent(cipher, { patientName, ...content }),
      },
      ...{
        lock_id: null,
        lock_expires_at_ms: null,
        payment_order_id: null,
        question: null,
        asked_at_ms: null,
      },
      ...{ answer: null, his_number: null, succeeded_at_ms: null, cancels: 0, tries: 0, last_problem: null },
      ...{ created_at_ms: nowMs, changed_at_ms: nowMs },
    })
    // The only index that an order with a fresh id can meet: no double booking.
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row)
    auditUser(tx, clock, session.userId, {
      ...{ action: 'visits.ordered', subject: row.id },
      detail: { patient: patient.id, kind: row.kind },
    })
  return row
}
