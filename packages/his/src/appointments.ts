import type { Fen, Outcome } from '@zhangyi/core'
import type { DayRange } from './balances.ts'

/** 科室、医生、号源. Reads only. */
export interface HisSchedules {
  departments(): Promise<readonly Department[]>
  doctors(departmentId: string): Promise<readonly Doctor[]>
  /** Slots of the range that may be shown, full ones included; those of today serve same-day registration. */
  slots(query: SlotQuery): Promise<readonly Slot[]>
}

/** 预约、当日挂号: lock a slot, pay, book. The key that booked is the one that `status` is asked with. */
export interface HisAppointments {
  /** Keeps a slot for one patient until `expiresAt`; the HIS lets go of it by itself. `no('slot-taken', …)` if gone. */
  lock(request: SlotLockRequest, requestKey: string): Promise<Outcome<SlotLock>>
  /** Lets go of a lock before its time; harmless if it is gone. */
  unlock(lockId: string, requestKey: string): Promise<Outcome<void>>
  /**
   * Turns a lock into an appointment (another day) or a registration (today). `no('lock-expired', …)`, and for a
   * patient who has this very slot `no('duplicate', …)`: query.
   */
  book(request: BookingRequest, requestKey: string): Promise<Outcome<Appointment>>
  /** Cancels, where the HIS still allows it; whether money goes back is our side's matter. */
  cancel(request: CancelRequest, requestKey: string): Promise<Outcome<Appointment>>
  /** What became of the booking asked for under this key; `undefined`: never received, will not be carried out. */
  status(bookRequestKey: string): Promise<Appointment | undefined>
  /** Appointments and registrations of one patient with a visit day in the range, newest first. */
  list(query: PatientDays): Promise<readonly Appointment[]>
}

export interface Department {
  readonly departmentId: string
  readonly name: string
  /** Id of the department above it. */
  readonly parentId: string | undefined
  readonly campus: string | undefined
  readonly location: string | undefined
}

export interface Doctor {
  readonly doctorId: string
  readonly departmentId: string
  readonly name: string
  /** 职称. */
  readonly title: string | undefined
  readonly introduction: string | undefined
}

export interface SlotQuery extends DayRange {
  readonly departmentId: string
  readonly doctorId: string | undefined
}

export interface Slot {
  readonly slotId: string
  readonly departmentId: string
  readonly departmentName: string
  /** Absent: an ordinary slot of the department (普通号). */
  readonly doctorId: string | undefined
  readonly doctorName: string | undefined
  /** Visit day `yyyy-MM-dd`. */
  readonly day: string
  readonly period: 'morning' | 'afternoon' | 'evening'
  /** `HH:mm`; absent where the HIS numbers patients only. */
  readonly startsAt: string | undefined
  readonly endsAt: string | undefined
  readonly fee: Fen
  readonly remaining: number
}

export interface SlotLockRequest {
  readonly slotId: string
  readonly patid: string
}

export interface SlotLock {
  readonly lockId: string
  readonly slotId: string
  readonly fee: Fen
  /** ISO 8601 instant. */
  readonly expiresAt: string
}

export interface BookingRequest {
  readonly lockId: string
  readonly patid: string
  /** Absent if nothing is paid beforehand. */
  readonly payment: PaymentProof | undefined
}

/** A payment that our side has *queried* as successful. */
export interface PaymentProof {
  /** 商户订单号. */
  readonly paymentNumber: string
  /** WeChat's `transaction_id`. */
  readonly channelNumber: string
  readonly amount: Fen
  /** ISO 8601 instant. */
  readonly paidAt: string
}

export interface CancelRequest {
  readonly appointmentId: string
  readonly reason: string
}

export interface PatientDays extends DayRange {
  readonly patid: string
}

export interface Appointment {
  readonly appointmentId: string
  readonly patid: string
  readonly kind: 'appointment' | 'same-day'
  readonly departmentId: string
  readonly departmentName: string
  readonly doctorName: string | undefined
  readonly day: string
  readonly period: Slot['period']
  readonly startsAt: string | undefined
  /** 就诊序号. */
  readonly queueNumber: string | undefined
  readonly location: string | undefined
  readonly fee: Fen
  /** 商户订单号 it was paid under. */
  readonly paymentNumber: string | undefined
  readonly state: 'booked' | 'visited' | 'cancelled' | 'missed'
  /** Whether the HIS would still cancel it now. */
  readonly cancellable: boolean
}
