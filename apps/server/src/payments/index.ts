/** Payment orders by WeChat Pay, refunds by the way the money came, their resolver, and the journal. */

export { findRecharges, type Recharge } from './deposits/find-recharges.ts'
export {
  type ImportedRecharges,
  type ImportOptions,
  importRecharges,
  type RechargeRow,
  type RefusedRow,
} from './deposits/import-recharges.ts'
export { type ImportedBill, importTradeBill, type RechargeDesk } from './deposits/import-trade-bill.ts'
export { type CsvProblem, readRechargeCsv } from './deposits/read-recharge-csv.ts'
export { findPayment, findRefund, findRefunds } from './find-payments.ts'
export {
  findPayoutByNumber,
  findPayouts,
  findRechargeOrder,
  listStoppedPayouts,
  listTransfersToConfirm,
  type StoppedPayout,
} from './find-payouts.ts'
export { judgeFundable } from './funds/judge-fundable.ts'
export { listTopUps, type TopUp } from './funds/list-top-ups.ts'
export { type FundFigure, setFunds, topUpFunds } from './funds/note-funds.ts'
export { probeFunds } from './funds/probe-funds.ts'
export { type FundSubject, freeFunds } from './funds/reservations.ts'
export { type FundRequest, reserveFunds } from './funds/reserve-funds.ts'
export { findPayoutStop, type PayoutStop, resumePayouts, stopPayouts } from './funds/stop-payouts.ts'
export { type FundsView, viewFunds } from './funds/view-funds.ts'
export { caseJournal, type PostedLine } from './journal/case-journal.ts'
export { type JournalAccount, type JournalLine, type Posting, postJournal } from './journal/post-journal.ts'
export { noteContradictionDone } from './note-contradiction-done.ts'
export { closePayment } from './orders/close-payment.ts'
export { createPaymentOrder } from './orders/create-payment-order.ts'
export { findPaymentsOf, findSubjectsByNumber } from './orders/find-subjects.ts'
export { listTroubledSubjects, type TroubledSubject } from './orders/list-troubled-subjects.ts'
export { noteProblemDone } from './orders/note-problem-done.ts'
export { openPayment } from './orders/open-payment.ts'
export { settlePayment } from './orders/settle-payment.ts'
export type {
  Contradicted,
  NewPaymentOrder,
  PaymentOrder,
  PaymentPurpose,
  PaymentState,
  Refund,
  RefundState,
} from './payment-order.ts'
export { eventsByPurpose, type OrderEvents, type PaymentsEvents } from './payments-events.ts'
export { paymentsWork } from './payments-work.ts'
export {
  type AbnormalTarget,
  type AppliedRefund,
  applyAbnormalRefund,
} from './refunds/apply-abnormal-refund.ts'
export { closeRefund } from './refunds/close-refund.ts'
export { orderRefund, type RefundRequest } from './refunds/order-refund.ts'
export { type RefundAttempt, refundHistory } from './refunds/refund-history.ts'
export { MAX_PIECES } from './refunds/require-original-route.ts'
export { retryRefund } from './refunds/retry-refund.ts'
export { type RefundLook, settleRefundNow } from './refunds/settle-refund-now.ts'
export type { OpenedPayment, PaymentsParts, PaymentsRoom } from './room.ts'
export { registerPaymentRoutes } from './routes.ts'
export {
  findTransfer,
  type TransferNumberView,
  transferHistory,
} from './transfers/find-transfers.ts'
export { closeTransfer, wishCancel } from './transfers/give-up-transfer.ts'
export { type OpenedTransfer, openTransfer } from './transfers/open-transfer.ts'
export { type OrderedTransfer, orderTransfer } from './transfers/order-transfer.ts'
export { type BillLook, queryForBill } from './transfers/query-for-bill.ts'
export { queryUnpaid, type UnpaidLook } from './transfers/query-unpaid.ts'
export { findReceipt, receiptStateOf } from './transfers/receipts/find-receipt.ts'
export { receiptsWork } from './transfers/receipts/receipts-work.ts'
export { reissueTransfer, resendTransfer } from './transfers/send-again.ts'
export { sendOrdered } from './transfers/send-ordered.ts'
export { type BillSays, isForBill, settleByBill } from './transfers/settle-by-bill.ts'
export { settleTransfer } from './transfers/settle-transfer.ts'
export type { NewTransfer, Transfer, TransferState } from './transfers/transfer.ts'
