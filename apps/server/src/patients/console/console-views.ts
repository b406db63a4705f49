import { z } from 'zod'

const atMs = z.number().int()
export const CONFIRM_STATES = ['waiting', 'own', 'refused'] as const

export const listedSchema = z.object({
  id: z.string(),
  name: z.string().describe('已遮盖'),
  idType: z.string(),
  idNumber: z.string().describe('已遮盖'),
  phone: z.string().nullable().describe('已遮盖'),
  relation: z.string(),
  state: z.enum(['verified', 'unverified', 'unlinked']),
  card: z
    .enum(['linked', 'offered-later', 'none'])
    .describe('电子健康卡：已关联 / 平台故障，稍后补领 / 没有'),
  patid: z.string().describe('院内档案号'),
  visitCard: z.string().nullable().describe('就诊卡尾号'),
  userId: z.string(),
  createdAtMs: atMs,
})
export type ListedPatient = z.output<typeof listedSchema>

export const detailSchema = listedSchema.extend({
  gender: z.string(),
  birthYear: z.string(),
  isDefault: z.boolean(),
  unlinkedAtMs: atMs.nullable(),
  healthCardId: z.string().nullable().describe('健康卡号的末八位'),
  confirmation: z
    .enum(CONFIRM_STATES)
    .nullable()
    .describe('院内档案没有确认：waiting 等人工核对 / own 等本人验证 / refused 人工核对没有通过；空：不需要'),
  identities: z.array(z.object({ app: z.string(), openid: z.string(), createdAtMs: atMs })),
  consents: z.array(z.object({ version: z.string(), acceptedAtMs: atMs, withdrawnAtMs: atMs.nullable() })),
  others: z.array(listedSchema).describe('同一个人的其他绑定'),
})
export type PatientDetail = z.output<typeof detailSchema>

export const unmaskedSchema = z.object({
  ...{ name: z.string(), idNumber: z.string(), phone: z.string().nullable(), birthday: z.string() },
  visitCard: z.string().nullable(),
})
export type Unmasked = z.output<typeof unmaskedSchema>

export const SEARCH_BY = ['idNumber', 'name', 'phone'] as const

export const unconfirmedSchema = z.object({
  patid: z.string().describe('院内档案号'),
  state: z.enum(CONFIRM_STATES),
  createdAtMs: atMs,
  refusedAtMs: atMs.nullable(),
  refusedBy: z.string().nullable(),
  patient: listedSchema.nullable().describe('绑定了这份档案的就诊人；都解绑了为空'),
})
export type UnconfirmedView = z.output<typeof unconfirmedSchema>
