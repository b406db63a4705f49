import { z } from 'zod'

/** What the hospital's archive holds of a person, unmasked: served against a grant only. */
export const personalDataSchema = z.object({
  patientId: z.string(),
  name: z.string(),
  idType: z.string(),
  idNumber: z.string(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  visitCard: z.string().nullable(),
  mayChange: z.boolean().describe('只有真人验证过才能改；兜底方式只能看'),
  /** A change whose outcome is not known yet: nothing new may be asked until it is. */
  changeUnderWay: z.boolean(),
  grant: z.object({
    assurance: z.enum(['real-person', 'proxy', 'trusted', 'fallback']),
    expiresAt: z.iso.datetime(),
  }),
})
export type PersonalData = z.infer<typeof personalDataSchema>

export const personalDataChangeSchema = z.strictObject({
  phone: z.string().max(20).optional(),
  address: z.string().max(200).optional(),
})
export type PersonalDataChange = z.infer<typeof personalDataChangeSchema>
