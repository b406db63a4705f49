import { z } from 'zod'

/** What the files of the operators' interface have in common. */
export const ROOT = '/api/v1/console/refunds'
export const of = z.object({ hospital: z.string().max(40).optional().describe('不写就是第一家医院') })
export const doneSchema = z.object({ state: z.string() })
