import { ID_TYPES, maskCardNumber, maskIdNumber, maskName } from '@zhangyi/core'
import { z } from 'zod'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { PatientRow } from './tables.ts'

/** A patient as the patient app sees it: masked, whoever looks. */
export const patientViewSchema = z.object({
  id: z.string(),
  name: z.string().describe('已隐去中间的字'),
  idType: z.string().describe('证件名称'),
  idNumber: z.string().describe('已隐去中间的数字'),
  relation: z.string(),
  isDefault: z.boolean(),
  verified: z.boolean().describe('未验证的就诊人不能看报告、不能退款'),
  card: z
    .enum(['linked', 'offered-later', 'none'])
    .describe('电子健康卡：已关联 / 平台故障，稍后补领 / 没有'),
  visitCard: z.string().nullable().describe('就诊卡尾号'),
})

export type PatientView = z.infer<typeof patientViewSchema>

export function patientView(row: PatientRow, cipher: Cipher): PatientView {
  const visitCard = row.visit_card && cipher.open(row.visit_card, 'patient.visit_card')
  return {
    id: row.id,
    name: maskName(cipher.open(row.name, 'patient.name').reveal()),
    idType: ID_TYPES[row.id_type],
    idNumber: maskIdNumber(cipher.open(row.id_number, 'patient.id_number').reveal()),
    relation: row.relation,
    isDefault: row.is_default,
    verified: row.verified,
    card: row.card_state,
    visitCard: visitCard ? maskCardNumber(visitCard.reveal()) : null,
  }
}
