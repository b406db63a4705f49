import type { Channel } from '../platform/sessions/session.ts'
import type { LegState } from './legs/leg-states.ts'

export type RefundWay = 'original' | 'face'

// Types, not interfaces: Kysely asks for an index signature.
export type CaseRow = {
  hospital_id: string
  id: string
  way: RefundWay
  user_id: string
  appid: string
  openid: string
  channel: Channel
  patid: string
  person: Buffer
  person_index: Buffer | null
  id_index: Buffer | null
  card_index: Buffer | null
  request_key: string
  amount_fen: number
  balance_fen: number
  retry_until_ms: number | null
  state: 'open' | 'closed'
  created_at_ms: number
  closed_at_ms: number | null
}

export type LegRow = {
  hospital_id: string
  id: string
  case_id: string
  /** From 1, in the order in which the sums of the case were made. */
  place: number
  route: 'original' | 'transfer'
  amount_fen: number
  payment_order_id: string | null
  recharge_id: string | null
  his_mode: 'hold' | 'deduct'
  state: LegState
  round: number
  his_number: string | null
  payout_id: string | null
  payout_number: string | null
  paid_at_ms: number | null
  fail: string | null
  after_release: 'retry' | 'end' | null
  one_sided_at_ms: number | null
  reminded: number
  task_at_ms: number | null
  told_funded_at_ms: number | null
  /** In whose day's caps it counts: when it was applied for, tried again or sent again. */
  counted_at_ms: number
  steps: number
  tries: number
  last_problem: string | null
  created_at_ms: number
  changed_at_ms: number
  next_action_at_ms: number | null
}

export type StepRow = {
  hospital_id: string
  leg_id: string
  step: number
  at_ms: number
  happening: string
  state: LegState
  detail: string | null
  actor: string | null
}

export type ReissueRow = {
  hospital_id: string
  leg_id: string
  id: string
  asked_by: string
  reason: string
  asked_at_ms: number
  state: 'waiting' | 'done' | 'refused'
  decided_by: string | null
  decided_at_ms: number | null
  decided_why: string | null
}

export type BillDecisionRow = {
  hospital_id: string
  leg_id: string
  id: string
  paid: boolean
  bill_from: string
  bill_to: string
  bill_line: number | null
  reason: string
  asked_by: string
  asked_at_ms: number
  state: 'waiting' | 'done' | 'refused'
  decided_by: string | null
  decided_at_ms: number | null
}

export type WindowPaymentRow = {
  hospital_id: string
  leg_id: string
  id: string
  how: 'cash' | 'bank-transfer'
  voucher: string
  paid_on: string
  reason: string
  asked_by: string
  asked_at_ms: number
  state: 'waiting' | 'done' | 'refused'
  decided_by: string | null
  decided_at_ms: number | null
}

export type RefundsTables = {
  bill_decision: BillDecisionRow
  refund_case: CaseRow
  refund_leg: LegRow
  refund_step: StepRow
  reissue_request: ReissueRow
  window_payment: WindowPaymentRow
}
