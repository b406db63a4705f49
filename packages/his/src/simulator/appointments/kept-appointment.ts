import type { Fen } from '@zhangyi/core'
import type { Appointment, SlotLock, SlotLockRequest } from '../../appointments.ts'

export interface KeptSlotLock extends SlotLock, SlotLockRequest {}

export interface KeptAppointment {
  readonly appointmentId: string
  readonly patid: string
  /** Absent for those of the past that the seed made. */
  readonly slotId: string | undefined
  /** The key that `status` is asked with; absent if it was booked elsewhere. */
  readonly requestKey: string | undefined
  readonly kind: Appointment['kind']
  readonly departmentId: string
  readonly departmentName: string
  readonly doctorName: string | undefined
  readonly day: string
  readonly period: Appointment['period']
  readonly startsAt: string | undefined
  readonly endsAt: string | undefined
  readonly queueNumber: string | undefined
  readonly location: string | undefined
  readonly fee: Fen
  readonly paymentNumber: string | undefined
  /** `booked` becomes `missed` by itself once its day is over. */
  state: 'booked' | 'visited' | 'cancelled'
}
