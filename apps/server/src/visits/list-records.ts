import { shanghaiDay } from '@zhangyi/core'
import type { Appointment, FeeItem, FeePosting } from '@zhangyi/his'
import type { z } from 'zod'
import { withOwnPatient } from '../patients/index.ts'
import type { Tx } from '../platform/database/tx.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Session } from '../platform/sessions/session.ts'
import { askHis } from './ask-his.ts'
import { type AskedDays, dayAfter, recordDays } from './days.ts'
import type { VisitsTables } from './order-row.ts'
import { recordQuery } from './record-query.ts'
import { refuseForeign } from './refuse-foreign.ts'
import { appointmentsOf, feesOf, type VisitsRoom } from './room.ts'
import type { paidFeesSchema, pendingFeesSchema, registrationsSchema } from './visit-views.ts'

interface Question extends AskedDays {
  readonly patientId: string
}

/** 挂号记录查询, as the HIS has them; those that this user made here are recognised by the HIS's number. */
export async function listRegistrations(
  room: VisitsRoom,
  session: Session,
  { patientId, ...asked }: Question,
): Promise<z.output<typeof registrationsSchema>> {
  const appointments = appointmentsOf(room, session)
  const { daysAhead } = hospitalOf(room, session).visits
  const days = recordDays(asked, dayAfter(shanghaiDay(room.clock.nowMs()), daysAhead))
  const patient = await withOwnPatient(room, session, patientId, async (_tx, own) => own)
  const found = await askHis(room, () => appointments.list({ patid: patient.patid, ...days }))
  await refuseForeign(room, session, patient, found)
  return withOwnPatient(room, session, patientId, async (tx, { id }) => {
    await recordQuery(tx, room, session, { act: 'list-registrations', patientId: id })
    const orders = await ordersOf(tx, session, found)
    return { registrations: found.map((one) => shownRegistration(one, orders.get(one.appointmentId))) }
  })
}

/** What waits to be paid, and whether this user has begun to. */
export async function listPendingFees(
  room: VisitsRoom,
  session: Session,
  patientId: string,
): Promise<z.output<typeof pendingFeesSchema>> {
  const fees = feesOf(room, session)
  const patient = await withOwnPatient(room, session, patientId, async (_tx, own) => own)
  const bills = await askHis(room, () => fees.pending(patient.patid))
  await refuseForeign(room, session, patient, bills)
  return withOwnPatient(room, session, patientId, async (tx, { id, patid }) => {
    await recordQuery(tx, room, session, { act: 'list-pending-fees', patientId: id })
    const claims = await claimsOf(tx, session, patid)
    return {
      bills: bills.map(({ billId, title, departmentName, doctorName, amount, createdAt, items }) => ({
        ...{ id: billId, title, departmentName, doctorName: doctorName ?? null, amountFen: amount },
        ...{ createdAt: isoOf(createdAt), items: items.map(shownItem), orderId: claims.get(billId) ?? null },
      })),
    }
  })
}

/** 缴费记录查询, as the HIS has them. */
export async function listPaidFees(
  room: VisitsRoom,
  session: Session,
  { patientId, ...asked }: Question,
): Promise<z.output<typeof paidFeesSchema>> {
  const fees = feesOf(room, session)
  const days = recordDays(asked, shanghaiDay(room.clock.nowMs()))
  const patient = await withOwnPatient(room, session, patientId, async (_tx, own) => own)
  const found = await askHis(room, () => fees.paid({ patid: patient.patid, ...days }))
  await refuseForeign(room, session, patient, found)
  return withOwnPatient(room, session, patientId, async (tx, { id }) => {
    await recordQuery(tx, room, session, { act: 'list-paid-fees', patientId: id })
    return { payments: found.map(shownPayment) }
  })
}

async function ordersOf(
  tx: Tx,
  { userId }: Session,
  found: readonly Appointment[],
): Promise<ReadonlyMap<string, string>> {
  if (found.length === 0) return new Map()
  const rows = await tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_order')
    .select(['id', 'his_number'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('user_id', '=', userId)
    .where('slot_id', 'is not', null)
    .where(
      'his_number',
      'in',
      found.map(({ appointmentId }) => appointmentId),
    )
    .execute()
  return new Map(rows.map(({ id, his_number }) => [his_number ?? '', id]))
}

async function claimsOf(tx: Tx, { userId }: Session, patid: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.sql
    .withTables<VisitsTables>()
    .selectFrom('visit_bill_claim')
    .innerJoin('visit_order', (join) =>
      join
        .onRef('visit_order.hospital_id', '=', 'visit_bill_claim.hospital_id')
        .onRef('visit_order.id', '=', 'visit_bill_claim.order_id'),
    )
    .select(['visit_bill_claim.bill_id', 'visit_bill_claim.order_id'])
    .where('visit_bill_claim.hospital_id', '=', tx.hospitalId)
    .where('visit_bill_claim.patid', '=', patid)
    .where('visit_order.user_id', '=', userId)
    .execute()
  return new Map(rows.map(({ bill_id, order_id }) => [bill_id, order_id]))
}

function shownRegistration(
  one: Appointment,
  orderId: string | undefined,
): z.output<typeof registrationsSchema>['registrations'][number] {
  const { kind, departmentName, doctorName, day, period, startsAt, queueNumber, location, fee, state } = one
  return {
    ...{ kind, departmentName, doctorName: doctorName ?? null, day, period, startsAt: startsAt ?? null },
    ...{ queueNumber: queueNumber ?? null, location: location ?? null, feeFen: fee, state },
    orderId: orderId ?? null,
  }
}

function shownPayment(one: FeePosting): z.output<typeof paidFeesSchema>['payments'][number] {
  const { title, departmentName, amount, paidAt, receiptNumber, guidance, items } = one
  return {
    ...{ title, departmentName, amountFen: amount, paidAt: isoOf(paidAt) },
    ...{ receiptNumber: receiptNumber ?? null, guidance: guidance ?? null, items: items.map(shownItem) },
  }
}

function shownItem({ name, specification, quantity, amount }: FeeItem) {
  return { name, specification: specification ?? null, quantity, amountFen: amount }
}

// The HIS may write its own offset.
function isoOf(instant: string): string {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? instant : new Date(ms).toISOString()
}
