import { z } from 'zod'

/** Why somebody cannot take a deposit back on the phone. */
export const OFFLINE_REASONS = [
  'proxy',
  'deceased',
  'minor',
  'no-resident-id',
  'not-in-source',
  'device-unsupported',
  'other',
] as const
export type OfflineReason = (typeof OFFLINE_REASONS)[number]

export const DOCUMENT_KINDS = [
  'applicant-id',
  'patient-id',
  'guardian-id',
  'authorisation',
  'death-certificate',
  'relation-proof',
  'household-register',
  'birth-certificate',
  'visit-card',
  'recharge-receipt',
  'bank-card',
  'other',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** Every inner list is one demand; any one of its kinds meets it. */
export type DocumentDemands = readonly (readonly DocumentKind[])[]

const demands = (...defaults: DocumentKind[][]) =>
  z
    .array(z.array(z.enum(DOCUMENT_KINDS)).min(1).max(4))
    .max(8)
    .default(defaults)

/** 线下退款申请: for whom neither way on the phone is open. */
export const offlineSchema = z.strictObject({
  open: z.boolean().default(true),
  notes: z
    .array(z.string().min(1).max(200))
    .max(10)
    .default([
      '请拍清楚证件的四角和文字，每份材料不超过 5 MB。',
      '医院一般在 5 个工作日内审核，结果在“我的退款”里查看。',
      '审核同意之后，由医院在窗口或通过银行转账付款，不会打到微信。',
    ]),
  documents: z
    .strictObject({
      proxy: demands(['applicant-id'], ['patient-id'], ['authorisation']),
      deceased: demands(['death-certificate'], ['relation-proof'], ['applicant-id']),
      minor: demands(['household-register', 'birth-certificate'], ['guardian-id']),
      'no-resident-id': demands(['patient-id']),
      'not-in-source': demands(['patient-id'], ['visit-card', 'recharge-receipt']),
      'device-unsupported': demands(['patient-id']),
      other: demands(['patient-id', 'applicant-id']),
    })
    .prefault({})
    .describe('每种情况要交的材料：里面每一组交其中一种就行'),
  reviewSecondFromFen: z
    .number()
    .int()
    .min(1)
    .default(100_000)
    .describe('这个金额（分）以上，一人提出、另一人同意才算通过'),
  perDay: z.number().int().min(1).max(50).default(5).describe('每个用户每天最多新建几份申请'),
  maxOpen: z.number().int().min(1).max(20).default(3).describe('每个用户最多几份没有办完的申请'),
})
