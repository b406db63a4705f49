import { z } from 'zod'
import { REASONS } from '../flow-view.ts'
import { STAGES } from './stage.ts'

export const INTENTS = ['register', 'bind-card', 'add-patient', 'upgrade'] as const
const atMs = z.number().int()

export const listedSchema = z.object({
  id: z.string(),
  intent: z.enum(INTENTS),
  intentName: z.string(),
  stage: z.enum(STAGES).describe('under-way 办理中 / stopped 停下 / left 中途离开 / done 完成'),
  step: z.string().describe('走到哪一步'),
  reason: z.enum(REASONS).nullable(),
  reasonName: z.string().nullable().describe('为什么停下'),
  traceId: z.string().nullable().describe('停下那次请求的追踪号'),
  userId: z.string(),
  patientId: z.string().nullable(),
  createdAtMs: atMs,
  changedAtMs: atMs,
})
export type ListedView = z.output<typeof listedSchema>

export const bindingSchema = z.object({
  patientId: z.string(),
  patid: z.string().describe('院内档案号'),
  cardId: z.string(),
  state: z.enum(['due', 'done', 'parked']),
  attempts: z.number().int(),
  problem: z.string().nullable(),
  nextAtMs: atMs.nullable(),
})
export type BindingView = z.output<typeof bindingSchema>

export const detailSchema = listedSchema.extend({
  expiresAtMs: atMs,
  person: z
    .object({
      ...{ name: z.string(), idType: z.string(), idNumber: z.string(), isSelf: z.boolean() },
      ...{ verified: z.boolean(), source: z.string() },
    })
    .nullable()
    .describe('已遮盖；完成以后不再保留'),
  steps: z.array(
    z.object({
      ...{ state: z.string(), name: z.string(), isStop: z.boolean(), code: z.string().nullable() },
      ...{ traceId: z.string().nullable(), atMs },
    }),
  ),
  codes: z.array(z.object({ name: z.string(), outcome: z.enum(['yes', 'no', 'unknown']).nullable(), atMs })),
  binding: bindingSchema.nullable().describe('健康卡和院内档案的绑定'),
  advice: z.string().describe('操作员能做什么'),
})
export type FlowDetail = z.output<typeof detailSchema>
