import type { PaymentsEvents } from '../payments/index.ts'

/** What becomes known of payouts, taken over in the payments room's own transaction. */
export function refundsEvents(): Pick<PaymentsEvents, 'refundSettled' | 'transferChanged'> {
  return { refundSettled: async () => {}, transferChanged: async () => {} }
}
