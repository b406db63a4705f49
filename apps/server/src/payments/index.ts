/** Payment orders by WeChat Pay, refunds by the way the money came, their resolver, and the journal. */

export { findPayment, findRefunds } from './find-payments.ts'
export { type JournalAccount, type JournalLine, type Posting, postJournal } from './journal/post-journal.ts'
export { closePayment } from './orders/close-payment.ts'
export { createPaymentOrder } from './orders/create-payment-order.ts'
export { openPayment } from './orders/open-payment.ts'
export { settlePayment } from './orders/settle-payment.ts'
export type {
  NewPaymentOrder,
  PaymentOrder,
  PaymentPurpose,
  PaymentState,
  Refund,
  RefundState,
} from './payment-order.ts'
export { eventsByPurpose, type OrderEvents, type PaymentsEvents } from './payments-events.ts'
export { paymentsWork } from './payments-work.ts'
export { orderRefund, type RefundRequest } from './refunds/order-refund.ts'
export type { OpenedPayment, PaymentsParts, PaymentsRoom } from './room.ts'
export { registerPaymentRoutes } from './routes.ts'
export type { NewTransfer, Transfer, TransferState } from './transfers/transfer.ts'
