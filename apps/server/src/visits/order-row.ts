import type { Appointment, BookingRequest, FeePosting, FeePostingRequest } from '@zhangyi/his'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Channel } from '../platform/sessions/session.ts'
import type { State } from './order-states.ts'
import type { VisitOrder } from './visit-views.ts'

export type OrderKind = VisitOrder['kind']

// A type, not an interface: Kysely asks for an index signature.
export type OrderRow = {
  hospital_id: string
  id: string
  kind: OrderKind
  state: State
  user_id: string
  appid: string
  openid: string
  channel: Channel
  patient_id: string
  patid: string
  slot_id: string | null
  lock_id: string | null
  lock_expires_at_ms: number | null
  fee_fen: number
  content: Buffer
  expires_at_ms: number | null
  payment_order_id: string | null
  question: Buffer | null
  asked_at_ms: number | null
  answer: Buffer | null
  his_number: string | null
  succeeded_at_ms: number | null
  cancels: number
  tries: number
  last_problem: string | null
  created_at_ms: number
  changed_at_ms: number
  next_action_at_ms: number | null
}

export type QueryAct = 'list-registrations' | 'list-pending-fees' | 'list-paid-fees'

export type VisitsTables = {
  visit_order: OrderRow
  visit_bill_claim: { hospital_id: string; patid: string; bill_id: string; order_id: string }
  visit_query: {
    hospital_id: string
    id: string
    act: QueryAct
    user_id: string
    patient_id: string
    at_ms: number
  }
}

/** What the order is about, as it was shown when it was made. */
export interface OrderContent {
  /** Masked: an order is shown also after its patient was unlinked. */
  readonly patientName: string
  readonly title: string
  readonly department: { readonly id: string | undefined; readonly name: string }
  readonly campus: string | undefined
  /** Of a booking. */
  readonly visit: VisitContent | undefined
  /** Of a payment of bills. */
  readonly bills: BillsContent | undefined
}

export interface VisitContent {
  readonly doctorName: string | undefined
  readonly day: string
  readonly period: 'morning' | 'afternoon' | 'evening'
  readonly startsAt: string | undefined
  readonly endsAt: string | undefined
}

export interface BillsContent {
  readonly billIds: readonly string[]
  readonly items: readonly {
    readonly name: string
    readonly specification: string | null
    readonly quantity: string
    readonly amountFen: number
  }[]
}

export type HisQuestion = BookingRequest | FeePostingRequest
export type HisAnswer = Appointment | FeePosting

export function sealContent(cipher: Cipher, content: OrderContent): Buffer {
  return cipher.seal(JSON.stringify(content), 'visit_order.content')
}

export function openContent(cipher: Cipher, { content }: Pick<OrderRow, 'content'>): OrderContent {
  return JSON.parse(cipher.open(content, 'visit_order.content').reveal()) as OrderContent
}

export function sealQuestion(cipher: Cipher, question: HisQuestion): Buffer {
  return cipher.seal(JSON.stringify(question), 'visit_order.question')
}

/** What was stored before the HIS was asked. */
export function openQuestion<Q extends HisQuestion>(
  cipher: Cipher,
  { question }: Pick<OrderRow, 'question'>,
): Q {
  if (!question) throw new Error('this order asked the HIS nothing')
  return JSON.parse(cipher.open(question, 'visit_order.question').reveal()) as Q
}

export function sealAnswer(cipher: Cipher, answer: HisAnswer): Buffer {
  return cipher.seal(JSON.stringify(answer), 'visit_order.answer')
}

export function openAnswer<A extends HisAnswer>(
  cipher: Cipher,
  { answer }: Pick<OrderRow, 'answer'>,
): A | undefined {
  return answer ? (JSON.parse(cipher.open(answer, 'visit_order.answer').reveal()) as A) : undefined
}

/** What the HIS acts once for. At most 64 characters: an id of ours has 35. */
export function requestKey(
  { id }: Pick<OrderRow, 'id'>,
  step: 'lock' | 'unlock' | 'book' | `cancel-${number}`,
): string {
  return `${id}-${step}`
}

/** What the payments room acts once for: an order has one refund, whatever its reason. */
export function refundKey({ id }: Pick<OrderRow, 'id'>): string {
  return `${id}-refund`
}

/** The HIS's own number of what it did. */
export function numberOf(answer: HisAnswer): string {
  return 'appointmentId' in answer ? answer.appointmentId : answer.postingId
}
