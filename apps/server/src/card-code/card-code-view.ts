import { z } from 'zod'

const common = {
  patient: z.object({ id: z.string(), name: z.string(), relation: z.string() }),
  /** When to ask again. */
  refreshSeconds: z.number().int(),
}
const image = z.string().describe('data:image/png;base64,…，已含静区')

/** What to show at a window or a machine. Always something: 不阻断展码流程. */
export const cardCodeViewSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('health-card'),
    codeType: z.enum(['dynamic', 'static']),
    image,
    number: z.string().describe('健康卡持有人证件号，已隐去中间的数字'),
    /** Mini program: the plugin's page to open in place of ours; null: show ours. */
    pluginPage: z.string().nullable(),
  }),
  z.object({
    ...common,
    kind: z.literal('visit-card'),
    why: z.enum(['not-verified', 'no-card', 'platform-unavailable']).describe('为什么不是电子健康卡'),
    symbol: z.enum(['qr', 'code128']),
    image,
    number: z.string().describe('就诊卡号，四位一组；本来就是给窗口看的'),
  }),
  z.object({
    ...common,
    kind: z.literal('counter'),
    why: z.enum(['not-verified', 'no-card', 'platform-unavailable']),
  }),
])
export type CardCodeView = z.infer<typeof cardCodeViewSchema>
