import { addFen, fen, MINUTE_MS } from '@zhangyi/core'
import type { FeeBill } from '@zhangyi/his'
import { findPatient, type PatientRow, withOwnPatient } from '../patients/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { AppError } from '../platform/errors/catalogue.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import { lockUser } from '../platform/sessions/lock-user.ts'
import type { Session } from '../platform/sessions/session.ts'
import { askHis } from './ask-his.ts'
import { lockOrder } from './change-order.ts'
import { type OrderContent, type OrderRow, openContent, type VisitsTables } from './order-row.ts'
import { viewOrder } from './order-view.ts'
import { refuseForeign } from './refuse-foreign.ts'
import { feesOf, type VisitsRoom } from './room.ts'
import { storeOrder } from './store-order.ts'
import type { VisitOrder } from './visit-views.ts'

export interface FeeOrderWanted {
  readonly patientId: string
  readonly billIds: readonly string[]
}

/** 门诊缴费: takes bills as the HIS has them now. Pressed twice, the same bills lead to the same order. */
export async function placeFeeOrder(
  room: VisitsRoom,
  session: Session,
  { patientId, billIds }: FeeOrderWanted,
): Promise<VisitOrder> {
  const fees = feesOf(room, session)
  const patient = await withOwnPatient(room, session, patientId, async (_tx, own) => own)
  const pending = await askHis(room, () => fees.pending(patient.patid))
  await refuseForeign(room, session, patient, pending)
  const wanted = new Set(billIds)
  const bills = pending.filter(({ billId }) => wanted.has(billId))
  const total = addFen(...bills.map(({ amount }) => amount))
  if (bills.length !== wanted.size || bills.some(({ amount }) => amount < 0) || total === 0)
    throw new AppError('bills-changed')
  return room.database.inTransaction(session.hospitalId, async (tx) => {
    // A button pressed twice: the second press finds the order of the first.
    await lockUser(tx, session.userId)
    const own = await findPatient(tx, session.userId, patientId)
    // Unlinked, or another archive, while the HIS was asked.
    if (own?.patid !== patient.patid) throw new AppError('patient-not-yours')
    const order =
      (await findSame(tx, room, session, own, wanted)) ?? (await take(tx, room, session, own, bills))
    return viewOrder(tx, room, order)
  })
}

async function take(
  tx: Tx,
  room: VisitsRoom,
  session: Session,
  patient: PatientRow,
  bills: readonly FeeBill[],
): Promise<OrderRow> {
  const expiresAtMs = room.clock.nowMs() + hospitalOf(room, session).visits.payMinutes * MINUTE_MS
  const order = await storeOrder(tx, room, session, patient, {
    ...{ kind: 'outpatient-fee', state: 'to-pay', slot_id: null },
    fee_fen: addFen(fen(0), ...bills.map(({ amount }) => amount)),
    ...{ expires_at_ms: expiresAtMs, next_action_at_ms: expiresAtMs },
    content: contentOf(bills),
  })
  if (!order) throw new AppError('order-under-way')
  const claims = bills.map(({ billId }) => ({
    ...{ hospital_id: tx.hospitalId, patid: patient.patid, bill_id: billId, order_id: order.id },
  }))
  const taken = await tx.sql
    .withTables<VisitsTables>()
    .insertInto('visit_bill_claim')
    // In one order for everybody, so that two who want the same bills do not wait for each other.
    .values(claims.toSorted((left, right) => (left.bill_id < right.bill_id ? -1 : 1)))
    .onConflict((conflict) => conflict.doNothing())
    .returning('bill_id')
    .execute()
  // Rolls the order back, too.
  if (taken.length !== claims.length) throw new AppError('order-under-way')
  return order
}

/** The user's own unpaid order of exactly these bills. */
async function findSame(
  tx: Tx,
  { cipher }: VisitsRoom,
  { userId }: Session,
  { patid }: PatientRow,
  wanted: ReadonlySet<string>,
): Promise<OrderRow | undefined> {
  const claim = await tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_bill_claim')
    .select('order_id')
    .where('hospital_id', '=', tx.hospitalId)
    .where('patid', '=', patid)
    .where('bill_id', 'in', [...wanted])
    .executeTakeFirst()
  const order = claim && (await lockOrder(tx, claim.order_id))
  if (order?.user_id !== userId || order.state !== 'to-pay') return undefined
  const ids = openContent(cipher, order).bills?.billIds ?? []
  return ids.length === wanted.size && ids.every((id) => wanted.has(id)) ? order : undefined
}

function contentOf(bills: readonly FeeBill[]): Omit<OrderContent, 'patientName'> {
  const [first] = bills
  const name = first?.departmentName ?? ''
  return {
    title: bills.length > 1 ? `${first?.title}等 ${bills.length} 项` : (first?.title ?? ''),
    department: { id: undefined, name },
    campus: undefined,
    visit: undefined,
    bills: {
      billIds: bills.map(({ billId }) => billId),
      items: bills.flatMap(({ items }) =>
        items.map(({ name: item, specification, quantity, amount }) => ({
          ...{ name: item, specification: specification ?? null, quantity, amountFen: amount },
        })),
      ),
    },
  }
}
