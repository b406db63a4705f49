import { assertNever, HOUR_MS } from '@zhangyi/core'
import type { Refund, Transfer } from '../../payments/index.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { LegPhase, LegView } from '../refund-views.ts'
import type { CaseRow, LegRow, WindowPaymentRow } from '../tables.ts'
import { LEG_TITLES, legMessage } from './leg-words.ts'

export interface LegFacts {
  readonly leg: LegRow
  readonly of: CaseRow
  /** What pays it, as the payments room has it. */
  readonly transfer: Transfer | undefined
  readonly refund: Refund | undefined
  /** What was handed over instead, once it was. */
  readonly atWindow: WindowPaymentRow | undefined
  readonly hospital: Hospital
  readonly nowMs: number
}

/** WeChat gives the patient about so long from the sending on. */
const CONFIRM_WITHIN_MS = 24 * HOUR_MS

/** One leg for its patient: where it stands, what that means, and what can be done. */
export function legView(facts: LegFacts): LegView {
  const { leg, of, transfer, refund, nowMs } = facts
  const phase = phaseOf(facts)
  const mayRetry = of.retry_until_ms !== null && nowMs < of.retry_until_ms
  return {
    ...{ id: leg.id, route: leg.route, amountFen: leg.amount_fen, phase, title: LEG_TITLES[phase] },
    message: legMessage(phase, facts),
    account: refund?.account ?? null,
    receiveByMs:
      phase === 'to-receive' && transfer?.sentAtMs !== undefined
        ? transfer.sentAtMs + CONFIRM_WITHIN_MS
        : null,
    paidAtMs: leg.paid_at_ms,
    can: {
      receive: phase === 'to-receive',
      retry: phase === 'not-enough' && mayRetry,
      withdraw: phase === 'to-receive' || (phase === 'processing' && canBeCancelled(transfer)),
    },
  }
}

function canBeCancelled(transfer: Transfer | undefined): boolean {
  return transfer?.state === 'under-way' && !transfer.isCancelWished
}

export function phaseOf({ leg, transfer, refund }: Pick<LegFacts, 'leg' | 'transfer' | 'refund'>): LegPhase {
  switch (leg.state) {
    case 'no-funds':
      return 'not-enough'
    case 'holding':
      return 'processing'
    case 'paying':
      if (transfer?.state === 'needs-person' || refund?.state === 'needs-person') return 'stopped'
      if (transfer?.isCancelWished) return 'withdrawing'
      return transfer?.state === 'to-confirm' ? 'to-receive' : 'processing'
    case 'one-sided':
      return leg.fail === 'OVERDUE_CLOSE' ? 'expired' : 'stopped'
    // The money is there; what the HIS still has to hear is not the patient's business.
    case 'confirming':
    case 'paid':
      return 'paid'
    case 'settled-at-window':
      return 'paid-at-window'
    case 'releasing':
      return leg.after_release === 'retry' ? 'not-enough' : 'withdrawing'
    case 'released':
      return 'returned'
    case 'refused':
    case 'lapsed':
      return 'refused'
    default:
      return assertNever(leg.state, 'state')
  }
}
