import type { HisOperation } from '../../operations.ts'
import type { HisPort } from '../../port.ts'
import * as money from './money-shapes.ts'
import * as patient from './patient-shapes.ts'
import * as reports from './report-shapes.ts'
import {
  day,
  id,
  list,
  nothing,
  optional,
  type RecordShape,
  record,
  type Shape,
  type ShapeOf,
  text,
} from './shape.ts'
import * as visit from './visit-shapes.ts'

/** The question and the answer of one operation. */
export interface OperationShape {
  /** Always a record: what the port takes as separate arguments has names here. The request key is not part of it. */
  readonly input: RecordShape
  /** Names of the port's arguments, where it does not take one object. */
  readonly argumentNames: readonly string[] | undefined
  readonly output: Shape
}

type Answer<T> = T extends { readonly kind: 'yes'; readonly value: infer V } ? V : never
type OutputOf<F> = F extends (...input: never) => Promise<infer A>
  ? [Extract<A, { readonly kind: 'yes' }>] extends [never]
    ? A
    : Answer<A>
  : never

/** Ties both shapes to the types of the port's own method. */
function whole<F extends (input: never, requestKey: string) => Promise<unknown>>(
  input: ShapeOf<Parameters<F>[0]> & RecordShape,
  output: ShapeOf<OutputOf<F>>,
): OperationShape {
  return { input, argumentNames: undefined, output }
}

function named(name: string, fields: Readonly<Record<string, Shape>>, output: Shape): OperationShape {
  const input: RecordShape = { ...record(name, {}), fields }
  return { input, argumentNames: Object.keys(fields), output }
}

type Of<G extends keyof HisPort, O extends keyof NonNullable<HisPort[G]>> = Extract<
  NonNullable<HisPort[G]>[O],
  (input: never, requestKey: string) => Promise<unknown>
>

const forRequestKey = { forRequestKey: id }

/** Every operation but `probe`, which asks and answers nothing. */
export const OPERATION_SHAPES: Readonly<Record<Exclude<HisOperation, 'probe'>, OperationShape>> = {
  'archives.find': whole<Of<'archives', 'find'>>(patient.archiveQuery, list(patient.archive)),
  'archives.create': whole<Of<'archives', 'create'>>(patient.newArchive, patient.archive),
  'archives.update': whole<Of<'archives', 'update'>>(patient.archiveChange, patient.archive),
  'cards.bind': whole<Of<'cards', 'bind'>>(patient.cardBinding, nothing),
  'deposits.hold': whole<Of<'deposits', 'hold'>>(money.holdRequest, money.depositHold),
  'deposits.confirm': whole<Of<'deposits', 'confirm'>>(money.holdConfirmation, money.depositHold),
  'deposits.release': whole<Of<'deposits', 'release'>>(money.holdRelease, money.depositHold),
  'deposits.status': named('HoldStatusQuery', forRequestKey, optional(money.depositHold)),
  'deductions.deduct': whole<Of<'deductions', 'deduct'>>(money.deductionRequest, money.deduction),
  'deductions.reverse': whole<Of<'deductions', 'reverse'>>(money.deductionReversal, money.deduction),
  'deductions.status': named('DeductionStatusQuery', forRequestKey, optional(money.deduction)),
  'balances.of': named('BalanceQuery', { patid: id }, money.depositBalance),
  'balances.recharges': whole<Of<'balances', 'recharges'>>(money.rechargeQuery, list(money.recharge)),
  'bills.page': named('BillPageQuery', { day, cursor: optional(text) }, money.hisBillPage),
  'schedules.departments': named('DepartmentQuery', {}, list(visit.department)),
  'schedules.doctors': named('DoctorQuery', { departmentId: id }, list(visit.doctor)),
  'schedules.slots': whole<Of<'schedules', 'slots'>>(visit.slotQuery, list(visit.slot)),
  'appointments.lock': whole<Of<'appointments', 'lock'>>(visit.slotLockRequest, visit.slotLock),
  'appointments.unlock': named('SlotUnlockRequest', { lockId: id }, nothing),
  'appointments.book': whole<Of<'appointments', 'book'>>(visit.bookingRequest, visit.appointment),
  'appointments.cancel': whole<Of<'appointments', 'cancel'>>(visit.cancelRequest, visit.appointment),
  'appointments.status': named('BookingStatusQuery', forRequestKey, optional(visit.appointment)),
  'appointments.list': whole<Of<'appointments', 'list'>>(visit.patientDays, list(visit.appointment)),
  'fees.pending': named('PendingFeesQuery', { patid: id }, list(visit.feeBill)),
  'fees.post': whole<Of<'fees', 'post'>>(visit.feePostingRequest, visit.feePosting),
  'fees.status': named('PostingStatusQuery', forRequestKey, optional(visit.feePosting)),
  'fees.paid': whole<Of<'fees', 'paid'>>(visit.patientDays, list(visit.feePosting)),
  'reports.list': whole<Of<'reports', 'list'>>(reports.reportQuery, list(reports.reportSummary)),
  'reports.detail': whole<Of<'reports', 'detail'>>(reports.reportKey, reports.report),
}

export type ShapedOperation = keyof typeof OPERATION_SHAPES

/** The port's arguments (without the request key) as one record with names. */
export function nameArguments(
  { argumentNames }: OperationShape,
  args: readonly unknown[],
): Readonly<Record<string, unknown>> {
  if (argumentNames === undefined) return args[0] as Readonly<Record<string, unknown>>
  return Object.fromEntries(argumentNames.map((name, index) => [name, args[index]]))
}
