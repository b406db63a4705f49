import type {
  Appointment,
  BookingRequest,
  CancelRequest,
  Department,
  Doctor,
  PatientDays,
  PaymentProof,
  Slot,
  SlotLock,
  SlotLockRequest,
  SlotQuery,
} from '../../appointments.ts'
import type { FeeBill, FeeItem, FeePosting, FeePostingRequest } from '../../fees.ts'
import { amount, count, day, flag, id, instant, list, oneOf, optional, record, text, time } from './shape.ts'

const period = oneOf<Slot['period']>('morning', 'afternoon', 'evening')

export const department = record<Department>('Department', {
  departmentId: id,
  name: text,
  parentId: optional(id),
  campus: optional(text),
  location: optional(text),
})
export const doctor = record<Doctor>('Doctor', {
  doctorId: id,
  departmentId: id,
  name: text,
  title: optional(text),
  introduction: optional(text),
})
export const slotQuery = record<SlotQuery>('SlotQuery', {
  from: day,
  to: day,
  departmentId: id,
  doctorId: optional(id),
})
export const slot = record<Slot>('Slot', {
  slotId: id,
  departmentId: id,
  departmentName: text,
  doctorId: optional(id),
  doctorName: optional(text),
  day,
  period,
  startsAt: optional(time),
  endsAt: optional(time),
  fee: amount,
  remaining: count,
})

export const paymentProof = record<PaymentProof>('PaymentProof', {
  paymentNumber: id,
  channelNumber: id,
  amount,
  paidAt: instant,
})
export const slotLockRequest = record<SlotLockRequest>('SlotLockRequest', { slotId: id, patid: id })
export const slotLock = record<SlotLock>('SlotLock', {
  lockId: id,
  slotId: id,
  fee: amount,
  expiresAt: instant,
})
export const bookingRequest = record<BookingRequest>('BookingRequest', {
  lockId: id,
  patid: id,
  payment: optional(paymentProof),
})
export const cancelRequest = record<CancelRequest>('CancelRequest', { appointmentId: id, reason: text })
export const patientDays = record<PatientDays>('PatientDays', { patid: id, from: day, to: day })
export const appointment = record<Appointment>('Appointment', {
  appointmentId: id,
  patid: id,
  kind: oneOf<Appointment['kind']>('appointment', 'same-day'),
  departmentId: id,
  departmentName: text,
  doctorName: optional(text),
  day,
  period,
  startsAt: optional(time),
  queueNumber: optional(text),
  location: optional(text),
  fee: amount,
  paymentNumber: optional(text),
  state: oneOf<Appointment['state']>('booked', 'visited', 'cancelled', 'missed'),
  cancellable: flag,
})

const feeItem = record<FeeItem>('FeeItem', {
  name: text,
  specification: optional(text),
  quantity: text,
  amount,
})
export const feeBill = record<FeeBill>('FeeBill', {
  billId: id,
  patid: id,
  visitId: optional(id),
  departmentName: text,
  doctorName: optional(text),
  title: text,
  amount,
  items: list(feeItem),
  createdAt: instant,
})
export const feePostingRequest = record<FeePostingRequest>('FeePostingRequest', {
  patid: id,
  billIds: list(id),
  payment: paymentProof,
})
export const feePosting = record<FeePosting>('FeePosting', {
  postingId: id,
  patid: id,
  billIds: list(id),
  title: text,
  departmentName: text,
  amount,
  paymentNumber: id,
  receiptNumber: optional(text),
  guidance: optional(text),
  paidAt: instant,
  items: list(feeItem),
})
