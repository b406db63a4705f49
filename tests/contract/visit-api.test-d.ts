// Compiled, never run: the patient app's plain types of 挂号 and 缴费 must say exactly what the server's schemas say.
import type { z } from 'zod'
import type * as app from '../../apps/patient/src/api/visit-types.ts'
import type * as visits from '../../apps/server/src/visits/visit-views.ts'
import type { Holds, Same } from './same.ts'

type Of<K extends keyof typeof visits> = (typeof visits)[K] extends z.ZodType<infer T> ? T : never

export type Contract = [
  Holds<Same<app.OrderKind, (typeof visits.ORDER_KINDS)[number]>>,
  Holds<Same<app.OrderState, (typeof visits.ORDER_STATES)[number]>>,
  Holds<Same<{ departments: app.Department[] }, Of<'departmentsSchema'>>>,
  Holds<Same<{ doctors: app.Doctor[] }, Of<'doctorsSchema'>>>,
  Holds<Same<app.Slots, Of<'slotsSchema'>>>,
  Holds<Same<app.VisitOrder, Of<'visitOrderSchema'>>>,
  Holds<Same<{ orders: app.VisitOrder[] }, Of<'visitOrdersSchema'>>>,
  Holds<Same<{ registrations: app.Registration[] }, Of<'registrationsSchema'>>>,
  Holds<Same<{ bills: app.PendingBill[] }, Of<'pendingFeesSchema'>>>,
  Holds<Same<{ payments: app.PaidFee[] }, Of<'paidFeesSchema'>>>,
  Holds<Same<app.Payment, Of<'paymentSchema'>>>,
]
