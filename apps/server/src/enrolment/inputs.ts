import { ID_TYPES, type IdType } from '@zhangyi/core'
import { z } from 'zod'
import { RELATIONS } from '../patients/index.ts'

// Lengths only: what a field must hold is checked by `check-person.ts`, with a message for each problem.
const text = (max: number) => z.string().max(max, { error: '内容太长' })
const idType = z.enum(Object.keys(ID_TYPES) as [IdType, ...IdType[]], { error: '请选择证件类型' })
const code = z
  .string()
  .min(1, { error: '授权码缺失，请重新开始' })
  .max(512, { error: '授权码不正确，请重新开始' })

const guardianInputSchema = z.strictObject({
  name: text(60),
  idType,
  idNumber: text(40),
  phone: text(20),
  relation: z.enum(['父亲', '母亲', '其他监护人'], { error: '请选择监护人与孩子的关系' }),
})

/** What a person types: the application form for a new card, and the fallback's visit card. */
export const personInputSchema = z.strictObject({
  name: text(60),
  idType,
  idNumber: text(40),
  gender: text(2).optional(),
  birthday: text(10).optional(),
  nation: text(20).optional(),
  phone: text(20),
  address: text(200).optional(),
  relation: z.enum(RELATIONS, { error: '请选择与就诊人的关系' }),
  guardian: guardianInputSchema.optional(),
})

export type GuardianInput = z.infer<typeof guardianInputSchema>
export type PersonInput = z.infer<typeof personInputSchema>

export const startInputSchema = z.strictObject({
  intent: z.enum(['register', 'bind-card', 'add-patient', 'upgrade']),
  wechatCode: code,
  patientId: text(64).optional().describe('intent 为 upgrade 时：要补领健康卡的就诊人'),
})
export type StartInput = z.infer<typeof startInputSchema>

export const completeInputSchema = z.strictObject({
  gender: text(2).optional(),
  birthday: text(10).optional(),
  nation: text(20).optional(),
  phone: text(20).optional(),
  address: text(200).optional(),
  relation: z.enum(RELATIONS, { error: '请选择与就诊人的关系' }).optional(),
  guardian: guardianInputSchema.optional(),
})
export type CompleteInput = z.infer<typeof completeInputSchema>

export const codeInputSchema = z.strictObject({ code })
export const formInputSchema = personInputSchema.extend({ authCode: code })
export type FormInput = z.infer<typeof formInputSchema>
export const archiveInputSchema = z.strictObject({ key: text(64) })
