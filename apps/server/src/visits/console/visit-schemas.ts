import { z } from 'zod'
import { listWish } from '../../platform/operators/list-page.ts'
import { STATES } from '../order-states.ts'
import { ORDER_KINDS, PERIODS } from '../visit-views.ts'
import { TROUBLES } from './find-troubles.ts'

const atMs = z.int()
const fen = z.int().describe('分')

const visitSchema = z.object({
  ...{ id: z.string(), kind: z.enum(ORDER_KINDS), state: z.enum(STATES) },
  trouble: z.enum(TROUBLES).nullable().describe('要人处理的原因'),
  patientName: z.string().describe('遮盖之后的姓名'),
  title: z.string().describe('科室和医生，或费用名称'),
  ...{ feeFen: fen, createdAtMs: atMs, changedAtMs: atMs },
  hisNumber: z.string().nullable().describe('HIS 的预约号或缴费单号'),
  outTradeNo: z.string().nullable().describe('商户订单号'),
  transactionId: z.string().nullable().describe('微信支付订单号'),
})
export const visitsSchema = z.object({ visits: z.array(visitSchema), next: z.string().nullable() })

export const TONES = ['ok', 'warn', 'bad', 'info', 'plain'] as const
export const stepSchema = z.object({
  ...{ key: z.string(), atMs, text: z.string(), note: z.string().nullable(), tone: z.enum(TONES).nullable() },
})

export const visitDetailSchema = visitSchema.extend({
  todo: z.string().nullable().describe('要人处理的：发生了什么、怎么办'),
  channel: z.enum(['mini-program', 'official-account']),
  departmentName: z.string(),
  visit: z
    .object({
      ...{ doctorName: z.string().nullable(), day: z.string(), period: z.enum(PERIODS) },
      ...{ startsAt: z.string().nullable(), queueNumber: z.string().nullable() },
    })
    .nullable()
    .describe('挂号'),
  bills: z
    .object({ count: z.int(), receiptNumber: z.string().nullable() })
    .nullable()
    .describe('缴费：几张单据；明细不显示'),
  expiresAtMs: atMs.nullable().describe('在此之前付款'),
  lastProblem: z.string().nullable().describe('最近一次没有办成的原因'),
  nextActionAtMs: atMs.nullable().describe('什么时候自动再看一次'),
  payment: z
    .object({
      ...{ state: z.enum(['awaiting', 'paid', 'closed']), problem: z.string().nullable() },
      problemDoneAtMs: atMs.nullable().describe('有人标记为已处理的时间'),
    })
    .nullable(),
  refunds: z.array(
    z.object({
      ...{ id: z.string(), amountFen: fen, state: z.string(), problem: z.string().nullable() },
      ...{ account: z.string().nullable(), number: z.string().nullable(), doneAtMs: atMs.nullable() },
    }),
  ),
  steps: z.array(stepSchema).describe('经过，最早的在前'),
  canLook: z.boolean().describe('现在可以再查询一次：只查询，不会再下单、登记、退号或退款'),
})

// It goes into the audit log, where no number of a person may stand.
const reason = z
  .string()
  .trim()
  .min(2, '请写清楚，至少两个字')
  .max(200, '最多 200 个字')
  .regex(/^\P{C}*$/u, '里面有不能使用的字符')
  .regex(/^(?!.*\d[\d -]{5,}[\dXx])/s, '原因里不要写证件号码或电话号码')
export const lookSchema = z.strictObject({ hospital: listWish.hospital, reason })
export const problemDoneSchema = lookSchema.extend({
  problem: z.string().min(1).max(200).describe('看到的问题，和 payment.problem 一样；变了就不标记'),
})

export type Visit = z.infer<typeof visitSchema>
export type VisitDetail = z.infer<typeof visitDetailSchema>
export type VisitStep = z.infer<typeof stepSchema>
