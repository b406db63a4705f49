import type { HisDeductions, HisDeposits } from '@zhangyi/his'
import type { PaymentsParts, PaymentsRoom } from '../payments/index.ts'
import type { Clients } from '../platform/clients/clients.ts'
import { hospitalOf } from '../platform/hospitals/hospital-of.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { Platform } from '../platform/platform.ts'
import type { Session } from '../platform/sessions/session.ts'
import type { FaceRoom } from '../verification/index.ts'

/** What an operation inside a transaction is given. */
export interface RefundsParts extends PaymentsParts, Pick<Platform, 'log'> {}

/** What the operations of this room are given: also what it takes to pay, with this room's own events, and to verify. */
export interface RefundsRoom extends PaymentsRoom, FaceRoom {
  readonly clients: Clients
}

export const REFUNDS_WORK = 'refunds.run-due'

/** How a HIS gives deposits back: in two steps, or taken out at once. Undefined: not at all. */
export type HisRefunds =
  | { readonly mode: 'hold'; readonly deposits: HisDeposits }
  | { readonly mode: 'deduct'; readonly deductions: HisDeductions }

export function hisRefunds({ clients }: RefundsRoom, hospital: Hospital): HisRefunds | undefined {
  const { deposits, deductions } = clients.his(hospital)
  if (deposits) return { mode: 'hold', deposits }
  return deductions && { mode: 'deduct', deductions }
}

/** Of a leg whose mode stands since it was made: a HIS that changed its mode meanwhile has to answer for the old one. */
export function depositsOf(room: RefundsRoom, whose: Pick<Session, 'hospitalId'>): HisDeposits {
  const { deposits } = room.clients.his(hospitalOf(room, whose))
  if (!deposits) throw new Error('a held refund, and a HIS that holds nothing any more')
  return deposits
}

export function deductionsOf(room: RefundsRoom, whose: Pick<Session, 'hospitalId'>): HisDeductions {
  const { deductions } = room.clients.his(hospitalOf(room, whose))
  if (!deductions) throw new Error('a deducted refund, and a HIS that deducts nothing any more')
  return deductions
}
