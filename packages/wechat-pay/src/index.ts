export * from './aead.ts'
export * from './bills/parse/index.ts'
export * from './classify.ts'
export * from './client.ts'
export * from './compare-transfer.ts'
export type { SendOptions } from './create-caller.ts'
export * from './endpoints.ts'
export * from './errors.ts'
export * from './fail-reasons.ts'
export * from './headers.ts'
export * from './key-ring.ts'
export * from './notify.ts'
export * from './oaep.ts'
export type { AbnormalRefundInput } from './operations/apply-abnormal-refund.ts'
export type { TransferNumber } from './operations/ask-receipt.ts'
export type { CancelledTransfer } from './operations/cancel-transfer.ts'
export type { JsapiOrderInput } from './operations/create-jsapi-order.ts'
export type { RefundedOrder, RefundInput } from './operations/create-refund.ts'
export {
  type CreatedTransfer,
  MIN_NAMED_TRANSFER_FEN,
  MIN_TRANSFER_FEN,
  NAME_REQUIRED_FROM_FEN,
  type TransferInput,
} from './operations/create-transfer.ts'
export { ACCOUNT_TYPES, type AccountType, type Balance } from './operations/read-balance.ts'
export type { FinishedReceipt, Receipt } from './operations/read-receipt.ts'
export {
  type BillAnswer,
  type BillFile,
  type FundFlowBillRequest,
  TRADE_BILL_TYPES,
  type TradeBillRequest,
  type TradeBillType,
} from './operations/request-bill.ts'
export type { CallRecord, WechatPayOptions } from './options.ts'
export * from './payment-answer.ts'
export { type PreparedRequest, restoreRequest, type StoredRequest, storeRequest } from './prepared-request.ts'
export * from './receipt-state.ts'
export * from './refund-answer.ts'
export * from './rsa-keys.ts'
export type { CallDetail } from './send-over-hosts.ts'
export type { SentResult } from './sent-result.ts'
export * from './sign-payment.ts'
export * from './sign-request.ts'
export * from './transfer-answer.ts'
export * from './transfer-states.ts'
export * from './transfer-transitions.ts'
export * from './verify.ts'
