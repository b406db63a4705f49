import { z } from 'zod'

/** How a hospital shows reports. */
export const recordsSchema = z.strictObject({
  explanations: z
    .boolean()
    .default(true)
    .describe('在检验、体检指标旁边显示通俗解释；医院医师没有审核之前可以关掉'),
  explanationFile: z
    .string()
    .min(1)
    .optional()
    .describe('医院自己审核的指标解释表（JSON），整份代替自带的；写法见 docs/guides/indicators.md'),
})
