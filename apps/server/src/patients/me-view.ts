import { z } from 'zod'
import { patientViewSchema } from './patient-view.ts'

/** What the patient app needs on every start. */
export const meViewSchema = z.object({
  hospital: z.object({ id: z.string(), name: z.string(), phone: z.string(), counter: z.string() }),
  channel: z.enum(['mini-program', 'official-account']),
  consent: z.object({ version: z.string(), accepted: z.boolean() }),
  patients: z.array(patientViewSchema),
  maxPatients: z.number().int(),
  guardianUnderAge: z.number().int(),
  /** Official account only: the page that gives a wechatCode; append the encoded address to return to. */
  wechatCodePage: z.string().nullable(),
  /** Hosts of the card platform's pages; the app opens no others. */
  platformHosts: z.array(z.string()),
  /** Development only: stand-ins for plugin and face dialogue are allowed. */
  developmentBridge: z.boolean(),
})

export type MeView = z.infer<typeof meViewSchema>
