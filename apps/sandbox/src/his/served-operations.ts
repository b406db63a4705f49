import { fen, ID_TYPES, type IdType, isRealDate } from '@zhangyi/core'
import type { HisOperation, HisPort } from '@zhangyi/his'
import { z } from 'zod'

/** One operation as it comes over a wire: a named input and what it calls of the port. */
export interface ServedOperation {
  readonly input: z.ZodType
  /** `input` as its schema gave it out. `undefined` instead of a promise: the hospital does not offer this. */
  readonly call: (port: HisPort, input: unknown, requestKey: string) => Promise<unknown> | undefined
}

function serve<S extends z.ZodType>(
  input: S,
  call: (port: HisPort, input: z.output<S>, requestKey: string) => Promise<unknown> | undefined,
): ServedOperation {
  return { input, call: (port, value, requestKey) => call(port, value as z.output<S>, requestKey) }
}

/** Longest texts that the simulated HIS takes: a limit on everything. */
const text = z.string().trim().min(1).max(200)
const words = z.string().max(1_000)
const amount = z.int().min(0).transform(fen)
const day = z.string().refine(isRealDate, '应为 yyyy-MM-dd 的日期')
const instant = z.iso.datetime({ offset: true, error: '应为 ISO 8601 时刻' })
const idType = z.enum(Object.keys(ID_TYPES) as IdType[])

/** Missing, `null` and `undefined` all mean that there is no value; the port says `undefined`. */
function absent<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value) => value ?? undefined)
}

const guardian = z.object({ name: text, idType, idNumber: text, phone: text, relation: text })
const payment = z.object({ paymentNumber: text, channelNumber: text, amount, paidAt: instant })
const days = { from: day, to: day }
const patientDays = z.object({ patid: text, ...days })
const ofKey = z.object({ forRequestKey: text })
const kind = z.enum(['lab', 'examination', 'check-up', 'inpatient-day', 'prescription', 'diagnosis'])

/** Every operation of the port but `probe`, which has no input. */
export const SERVED_OPERATIONS: Readonly<Record<Exclude<HisOperation, 'probe'>, ServedOperation>> = {
  'archives.find': serve(
    z.object({ idType, idNumbers: z.array(text).min(1).max(10), name: text }),
    (port, person) => port.archives.find(person),
  ),
  'archives.create': serve(
    z.object({
      ...{ name: text, idType, idNumber: text, gender: z.enum(['男', '女']), birthday: day, phone: text },
      ...{ nation: absent(text), address: absent(text), guardian: absent(guardian), verified: z.boolean() },
    }),
    (port, archive, key) => port.archives.create(archive, key),
  ),
  'archives.update': serve(
    z.object({ patid: text, phone: absent(text), address: absent(text) }),
    (port, change, key) => port.archives.update?.(change, key),
  ),
  'cards.bind': serve(
    z.object({ patid: text, healthCardId: text, qrCodeText: z.string().min(1).max(500) }),
    (port, card, key) => port.cards.bind(card, key),
  ),
  'deposits.hold': serve(z.object({ patid: text, depositId: absent(text), amount }), (port, request, key) =>
    port.deposits?.hold(request, key),
  ),
  'deposits.confirm': serve(
    z.object({ holdId: text, amount, refundNumber: text, paidAt: instant }),
    (port, request, key) => port.deposits?.confirm(request, key),
  ),
  'deposits.release': serve(z.object({ holdId: text, amount, reason: words }), (port, request, key) =>
    port.deposits?.release(request, key),
  ),
  'deposits.status': serve(ofKey, (port, { forRequestKey }) => port.deposits?.status(forRequestKey)),
  'deductions.deduct': serve(
    z.object({ patid: text, amount, rechargeId: absent(text), refundNumber: text }),
    (port, request, key) => port.deductions?.deduct(request, key),
  ),
  'deductions.reverse': serve(z.object({ deductionId: text, amount, reason: words }), (port, request, key) =>
    port.deductions?.reverse?.(request, key),
  ),
  'deductions.status': serve(ofKey, (port, { forRequestKey }) => port.deductions?.status(forRequestKey)),
  'balances.of': serve(z.object({ patid: text }), (port, { patid }) => port.balances?.of(patid)),
  'balances.recharges': serve(patientDays, (port, query) => port.balances?.recharges(query)),
  'bills.page': serve(z.object({ day, cursor: absent(text) }), (port, asked) =>
    port.bills?.page(asked.day, asked.cursor),
  ),
  'schedules.departments': serve(z.object({}), (port) => port.schedules?.departments()),
  'schedules.doctors': serve(z.object({ departmentId: text }), (port, { departmentId }) =>
    port.schedules?.doctors(departmentId),
  ),
  'schedules.slots': serve(z.object({ departmentId: text, doctorId: absent(text), ...days }), (port, query) =>
    port.schedules?.slots(query),
  ),
  'appointments.lock': serve(z.object({ slotId: text, patid: text }), (port, request, key) =>
    port.appointments?.lock(request, key),
  ),
  'appointments.unlock': serve(z.object({ lockId: text }), (port, { lockId }, key) =>
    port.appointments?.unlock(lockId, key),
  ),
  'appointments.book': serve(
    z.object({ lockId: text, patid: text, payment: absent(payment) }),
    (port, request, key) => port.appointments?.book(request, key),
  ),
  'appointments.cancel': serve(z.object({ appointmentId: text, reason: words }), (port, request, key) =>
    port.appointments?.cancel(request, key),
  ),
  'appointments.status': serve(ofKey, (port, { forRequestKey }) => port.appointments?.status(forRequestKey)),
  'appointments.list': serve(patientDays, (port, query) => port.appointments?.list(query)),
  'fees.pending': serve(z.object({ patid: text }), (port, { patid }) => port.fees?.pending(patid)),
  'fees.post': serve(
    z.object({ patid: text, billIds: z.array(text).min(1).max(100), payment }),
    (port, request, key) => port.fees?.post(request, key),
  ),
  'fees.status': serve(ofKey, (port, { forRequestKey }) => port.fees?.status(forRequestKey)),
  'fees.paid': serve(patientDays, (port, query) => port.fees?.paid(query)),
  'reports.list': serve(z.object({ kind, patid: text, ...days }), (port, query) => port.reports?.list(query)),
  'reports.detail': serve(z.object({ kind, patid: text, reportId: text }), (port, key) =>
    port.reports?.detail(key),
  ),
}
