import { z } from 'zod'

/** What every failed request answers with. `message` is Chinese and may be shown to the patient as it is. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    traceId: z.string(),
    fields: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
})

export type ErrorBody = z.infer<typeof errorBodySchema>
