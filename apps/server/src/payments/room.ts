import type { PaymentParameters } from '@zhangyi/wechat-pay'
import type { Clients } from '../platform/clients/clients.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import type { PaymentsEvents } from './payments-events.ts'

/** What an operation inside a caller's transaction is given. */
export interface PaymentsParts extends Pick<Platform, 'clock' | 'cipher' | 'hospitals'> {
  readonly jobs: Pick<Jobs, 'wake'>
}

/** What an operation that calls WeChat is given. */
export interface PaymentsRoom extends Platform, PaymentsParts {
  readonly clients: Pick<Clients, 'wechatPay'>
  readonly events: PaymentsEvents
}

export const PAYMENTS_WORK = 'payments.resolve'

/** What the patient's app needs to open WeChat's cashier. */
export interface OpenedPayment {
  readonly payment: PaymentParameters
  /** Development only, where the merchant is the sandbox's: the page that stands in for the cashier. */
  readonly cashierUrl: string | null
}
