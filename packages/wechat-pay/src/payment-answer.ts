import type { Fen } from '@zhangyi/core'
import {
  type Members,
  membersOf,
  optionalFen,
  optionalText,
  optionalTimeMs,
  present,
  requiredFen,
  requiredText,
} from './read-members.ts'

export const TRADE_STATES = [
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'CLOSED',
  'REVOKED',
  'USERPAYING',
  'PAYERROR',
] as const
export type TradeState = (typeof TRADE_STATES)[number]

export type PaymentStatus =
  | { readonly tradeState: TradeState }
  | { readonly tradeState: 'UNRECOGNISED'; readonly raw: string }

/** A payment as queried or called back. REFUND means: paid, and refunded in whole or part since. */
export type PaymentAnswer = PaymentStatus & {
  readonly mchid: string
  readonly appid: string
  readonly outTradeNo: string
  /** Only once somebody has paid. */
  readonly transactionId?: string
  readonly totalFen?: Fen
  readonly payerTotalFen?: Fen
  readonly successTimeMs?: number
  readonly openid?: string
  readonly attach?: string
}

export function readPaymentAnswer(members: Members): PaymentAnswer {
  const amount = membersOf(members['amount']) ?? {}
  const payer = membersOf(members['payer']) ?? {}
  const status = readStatus(members)
  // Without them nobody could say what was paid.
  if (status.tradeState === 'SUCCESS') {
    requiredText(members, 'transaction_id')
    requiredFen(amount, 'total')
  }
  return {
    ...status,
    ...present({
      mchid: requiredText(members, 'mchid'),
      appid: requiredText(members, 'appid'),
      outTradeNo: requiredText(members, 'out_trade_no'),
      transactionId: optionalText(members, 'transaction_id'),
      totalFen: optionalFen(amount, 'total'),
      payerTotalFen: optionalFen(amount, 'payer_total'),
      successTimeMs: optionalTimeMs(members, 'success_time'),
      openid: optionalText(payer, 'openid'),
      attach: optionalText(members, 'attach'),
    }),
  }
}

function readStatus(members: Members): PaymentStatus {
  const raw = requiredText(members, 'trade_state')
  const tradeState = TRADE_STATES.find((one) => one === raw)
  return tradeState ? { tradeState } : { tradeState: 'UNRECOGNISED', raw }
}
