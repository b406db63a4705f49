import type { Fen, Outcome } from '@zhangyi/core'
import type { PatientDays, PaymentProof } from './appointments.ts'

/** 门诊缴费. */
export interface HisFees {
  /** Bills that wait to be paid. */
  pending(patid: string): Promise<readonly FeeBill[]>
  /** Posts a payment to the bills. `no('amount-changed', …)` if the bills are no longer what was paid. */
  post(request: FeePostingRequest, requestKey: string): Promise<Outcome<FeePosting>>
  /** What became of the posting asked for under this key; `undefined`: never received, will not be carried out. */
  status(postRequestKey: string): Promise<FeePosting | undefined>
  /** Postings of one patient on days of the range, newest first. */
  paid(query: PatientDays): Promise<readonly FeePosting[]>
}

export interface FeeBill {
  readonly billId: string
  readonly patid: string
  /** Visit it belongs to. */
  readonly visitId: string | undefined
  readonly departmentName: string
  readonly doctorName: string | undefined
  /** e.g. 西药费、检查费. */
  readonly title: string
  /** Sum of the items. */
  readonly amount: Fen
  readonly items: readonly FeeItem[]
  /** ISO 8601 instant. */
  readonly createdAt: string
}

export interface FeeItem {
  readonly name: string
  readonly specification: string | undefined
  /** As the HIS writes it, e.g. `2 盒`. */
  readonly quantity: string
  readonly amount: Fen
}

export interface FeePostingRequest {
  readonly patid: string
  readonly billIds: readonly string[]
  readonly payment: PaymentProof
}

export interface FeePosting {
  readonly postingId: string
  readonly patid: string
  readonly billIds: readonly string[]
  readonly title: string
  readonly departmentName: string
  readonly amount: Fen
  readonly paymentNumber: string
  /** 发票 or receipt number. */
  readonly receiptNumber: string | undefined
  /** Where to go next, e.g. 门诊药房 3 号窗口. */
  readonly guidance: string | undefined
  /** ISO 8601 instant. */
  readonly paidAt: string
  readonly items: readonly FeeItem[]
}
