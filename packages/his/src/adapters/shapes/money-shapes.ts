import type { DepositBalance, PaymentChannel, Recharge, RechargeQuery } from '../../balances.ts'
import type { HisBillPage, HisBillRow } from '../../bills.ts'
import type { Deduction, DeductionRequest, DeductionReversal } from '../../deductions.ts'
import type {
  DepositHold,
  DepositHoldState,
  HoldConfirmation,
  HoldRelease,
  HoldRequest,
} from '../../deposits.ts'
import { amount, day, id, instant, list, oneOf, optional, record, text } from './shape.ts'

const channel = oneOf<PaymentChannel>('wechat', 'alipay', 'bank-card', 'cash', 'other')

export const holdRequest = record<HoldRequest>('HoldRequest', { patid: id, depositId: optional(id), amount })
export const holdConfirmation = record<HoldConfirmation>('HoldConfirmation', {
  holdId: id,
  amount,
  refundNumber: id,
  paidAt: instant,
})
export const holdRelease = record<HoldRelease>('HoldRelease', { holdId: id, amount, reason: text })
export const depositHold = record<DepositHold>('DepositHold', {
  holdId: id,
  patid: id,
  amount,
  state: oneOf<DepositHoldState>('held', 'confirmed', 'released'),
})

export const deductionRequest = record<DeductionRequest>('DeductionRequest', {
  patid: id,
  amount,
  rechargeId: optional(id),
  refundNumber: id,
})
export const deductionReversal = record<DeductionReversal>('DeductionReversal', {
  deductionId: id,
  amount,
  reason: text,
})
export const deduction = record<Deduction>('Deduction', {
  deductionId: id,
  patid: id,
  amount,
  voucherNumber: optional(text),
  state: oneOf<Deduction['state']>('deducted', 'reversed'),
  reversalVoucherNumber: optional(text),
})

export const depositBalance = record<DepositBalance>('DepositBalance', {
  patid: id,
  total: amount,
  available: amount,
  refundable: amount,
  reason: optional(text),
})
export const rechargeQuery = record<RechargeQuery>('RechargeQuery', { patid: id, from: day, to: day })
export const recharge = record<Recharge>('Recharge', {
  rechargeId: id,
  patid: id,
  paymentNumber: optional(text),
  channelNumber: optional(text),
  channel,
  channelName: optional(text),
  amount,
  refunded: amount,
  paidAt: instant,
})

export const hisBillRow = record<HisBillRow>('HisBillRow', {
  hisNumber: id,
  kind: oneOf<HisBillRow['kind']>('recharge', 'payment', 'refund', 'reversal'),
  patid: optional(id),
  amount,
  channel,
  paymentNumber: optional(text),
  refundNumber: optional(text),
  channelNumber: optional(text),
  bookedAt: instant,
})
export const hisBillPage = record<HisBillPage>('HisBillPage', {
  rows: list(hisBillRow),
  next: optional(text),
})
