import { z } from 'zod'

// The notices room owns what stands here.
export const noticesSchema = z.strictObject({})
