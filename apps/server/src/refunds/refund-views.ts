import { z } from 'zod'
import { faceAdviceSchema } from '../verification/index.ts'

const id = z.string().min(1).max(64)
const amountFen = z.int().min(0)
const atMs = z.int()

/** What the patient chooses between. */
export const entriesSchema = z.object({
  ways: z.array(
    z.object({
      way: z.enum(['original', 'face']),
      name: z.string(),
      introduction: z.string(),
      notes: z.array(z.string()),
      /** Null: open. Otherwise what to do instead, in Chinese. */
      closed: z.string().nullable(),
    }),
  ),
  partial: z.boolean().describe('人脸核验退款能不能只退一部分'),
  phone: z.string(),
  mergePhone: z.string(),
  counter: z.string(),
  /** 申请退款 is tapped: the app asks to subscribe to these templates. */
  subscribeTemplateIds: z.array(z.string()),
  miniProgramUrl: z.string().nullable().describe('公众号里打开小程序的链接，人脸核验在那里做；没有就为空'),
})

export const originalOrdersSchema = z.object({
  balance: z.object({ totalFen: amountFen, refundableFen: amountFen }),
  /** Why less is refundable than is there, in the HIS's words. */
  reason: z.string().nullable(),
  orders: z.array(
    z.object({
      id,
      paidAtMs: atMs,
      paidFen: amountFen,
      refundedFen: amountFen,
      refundableFen: amountFen,
      /** Until then it can go back this way. */
      untilMs: atMs,
    }),
  ),
  /** Recharges of the last year that cannot go back this way, e.g. cash; they can by the other one. */
  otherCount: z.int(),
})

export const startedCheckSchema = z.object({
  id,
  verifyId: z.string().describe('wx.requestFacialVerify 的参数'),
  bridgePage: z.string().nullable().describe('只在开发模式：模拟器的人脸页'),
})

const archiveChoiceSchema = z.object({
  key: id.describe('选择这份档案时交回'),
  name: z.string().describe('遮盖之后的姓名'),
  cardNumber: z.string().describe('就诊卡号；没有卡的为空'),
  campus: z.string().nullable(),
  totalFen: amountFen,
  refundableFen: amountFen,
  reason: z.string().nullable().describe('为什么能退的比余额少（HIS 给出）'),
})

/** After the face check. `choice` is what the page does next. */
export const archivesSchema = z.object({
  archives: z.array(archiveChoiceSchema),
  /** `one`: may apply. `merge`: several, to be merged first. `none`: nothing found. `nothing`: nothing to refund. */
  choice: z.enum(['one', 'merge', 'none', 'nothing']),
  /** What is said above the list. */
  message: z.string(),
  /** A refund of this archive that is already under way. */
  openCaseId: id.nullable(),
})

export const faceResultSchema = z.object({
  state: z.enum(['passed', 'failed', 'pending']),
  /** Of a check that has not passed. */
  advice: faceAdviceSchema.nullable(),
  archives: archivesSchema.nullable(),
})

/**
 * `processing` 处理中 · `not-enough` 商户号余额不足，可以再试 · `to-receive` 待接收 · `withdrawing` 正在撤回 ·
 * `expired` 已失效，等医院重新发起 · `stopped` 没有付成，要人处理 · `paid` 已退款 · `paid-at-window` 已在窗口退给患者 ·
 * `returned` 已退回余额 · `refused` 没有受理
 */
const LEG_PHASES = [
  'processing',
  'not-enough',
  'to-receive',
  'withdrawing',
  'expired',
  'stopped',
  'paid',
  'paid-at-window',
  'returned',
  'refused',
] as const

const legSchema = z.object({
  id,
  route: z.enum(['original', 'transfer']),
  amountFen,
  phase: z.enum(LEG_PHASES),
  title: z.string().describe('状态，几个字'),
  message: z.string().describe('说给患者听：怎么了、接下来怎么办'),
  account: z.string().nullable().describe('退到哪里，微信的说法；只有原路退款'),
  /** About when the confirmation lapses; only while `to-receive`. */
  receiveByMs: atMs.nullable(),
  paidAtMs: atMs.nullable(),
  can: z.object({ receive: z.boolean(), retry: z.boolean(), withdraw: z.boolean() }),
})

export const caseSchema = z.object({
  id,
  way: z.enum(['original', 'face']),
  wayName: z.string(),
  createdAtMs: atMs,
  patientName: z.string().describe('遮盖之后的姓名'),
  cardNumber: z.string().describe('末四位'),
  amountFen,
  paidFen: amountFen,
  legs: z.array(legSchema),
  open: z.boolean(),
  phone: z.string(),
})
export const casesSchema = z.object({ cases: z.array(caseSchema), more: z.boolean() })

/** For `wx.requestMerchantTransfer`. The package goes on untouched. */
export const receivingSchema = z.object({
  mchId: z.string(),
  appId: z.string(),
  package: z.string(),
  bridgePage: z.string().nullable().describe('只在开发模式：模拟器的确认收款页'),
})

export type Entries = z.infer<typeof entriesSchema>
export type OriginalOrders = z.infer<typeof originalOrdersSchema>
export type Archives = z.infer<typeof archivesSchema>
export type ArchiveChoice = z.infer<typeof archiveChoiceSchema>
export type FaceResult = z.infer<typeof faceResultSchema>
export type LegView = z.infer<typeof legSchema>
export type LegPhase = LegView['phase']
export type CaseView = z.infer<typeof caseSchema>
export type Receiving = z.infer<typeof receivingSchema>
