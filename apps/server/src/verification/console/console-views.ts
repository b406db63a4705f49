import { z } from 'zod'
import { PURPOSES } from '../purposes.ts'
import { REASONS } from '../verification-view.ts'

const atMs = z.number().int()
export const STAGES = ['under-way', 'stopped', 'left', 'granted'] as const
export const GRANT_STATES = ['live', 'spent', 'voided', 'expired'] as const
export const ASSURANCES = ['real-person', 'proxy', 'face', 'trusted', 'fallback'] as const
export const FACE_STATES = [
  ...(['starting', 'unstarted', 'started', 'querying', 'verified'] as const),
  ...(['reporting', 'unknown', 'passed', 'failed'] as const),
] as const
export const FACE_PURPOSES = ['platform-order', 'refund'] as const
export const purposeSchema = z.enum(PURPOSES)

export const orderSchema = z.object({
  ...{ id: z.string(), patientId: z.string(), userId: z.string() },
  ...{ purpose: purposeSchema, purposeName: z.string() },
  stage: z.enum(STAGES).describe('under-way 验证中 / stopped 停下 / left 中途离开 / granted 通过'),
  reason: z.enum(REASONS).nullable(),
  reasonName: z.string().nullable(),
  traceId: z.string().nullable(),
  grantId: z.string().nullable(),
  createdAtMs: atMs,
  changedAtMs: atMs,
})
export type OrderView = z.output<typeof orderSchema>

const stepSchema = z.object({
  ...{ name: z.string(), tone: z.enum(['ok', 'warn', 'bad', 'plain']), note: z.string().nullable(), atMs },
})
export type StepView = z.output<typeof stepSchema>
const limitSchema = z.object({ used: z.number().int(), most: z.number().int() })

export const grantSchema = z.object({
  ...{ id: z.string(), userId: z.string(), patientId: z.string().nullable() },
  ...{ purpose: purposeSchema, purposeName: z.string() },
  ...{ assurance: z.enum(ASSURANCES), assuranceName: z.string() },
  state: z.enum(GRANT_STATES).describe('live 有效 / spent 已使用 / voided 已作废 / expired 已过期'),
  source: z.string().describe('来自哪次验证或人脸核验'),
  byProxy: z.boolean().describe('由家属或监护人验证'),
  createdAtMs: atMs,
  expiresAtMs: atMs,
  spentAtMs: atMs.nullable(),
  spentOn: z.string().nullable().describe('用在哪笔业务上'),
  voidedAtMs: atMs.nullable(),
  voidReason: z.string().nullable(),
})
export type GrantView = z.output<typeof grantSchema>

export const orderDetailSchema = orderSchema.extend({
  expiresAtMs: atMs,
  steps: z.array(stepSchema),
  ofPatient: limitSchema.describe('今天这位就诊人这个用途没有通过的次数，和上限'),
  grant: grantSchema.nullable(),
  advice: z.string(),
})
export type OrderDetail = z.output<typeof orderDetailSchema>

export const faceSchema = z.object({
  ...{ id: z.string(), userId: z.string(), outSeqNo: z.string().describe('给微信的流水号') },
  ...{ openid: z.string().describe('只有两头'), purpose: z.enum(FACE_PURPOSES), purposeName: z.string() },
  method: z.enum(['face', 'ncidas']),
  state: z.enum(FACE_STATES),
  resultCode: z.number().int().nullable(),
  resultName: z.string().nullable().describe('对患者说的话'),
  counts: z.boolean().describe('计入当天次数'),
  grantId: z.string().nullable(),
  createdAtMs: atMs,
  expiresAtMs: atMs,
})
export type FaceView = z.output<typeof faceSchema>
