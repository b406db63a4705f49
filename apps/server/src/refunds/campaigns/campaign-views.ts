import { z } from 'zod'
import type { CampaignProgress } from '../../notices/index.ts'
import type { RefundCampaignRow } from './campaign-row.ts'

const count = z.number()
const atMs = z.number()

export const campaignSchema = z.object({
  ...{ id: z.string(), name: z.string(), state: z.enum(['draft', 'running', 'paused', 'done']) },
  problem: z.string().nullable().describe('自动暂停的原因'),
  ...{ createdBy: z.string(), createdAtMs: atMs, startedAtMs: atMs.nullable(), doneAtMs: atMs.nullable() },
  of: z.object({ minFen: count, sinceBefore: z.string().nullable(), again: z.boolean() }),
  gathering: z.object({
    done: z.boolean().describe('台账已经看完，可以开始通知'),
    lookedAt: count.describe('看过多少份档案'),
    gathered: count.describe('其中多少进入名单'),
  }),
  ...{ targets: count, waiting: count, underWay: count, accepted: count, delivered: count },
  unknown: count.describe('微信一直没有答复：可能已收到，不再发送'),
  unreachable: count.describe('微信通知不到，导出名单改用短信或电话'),
})
export const campaignsSchema = z.object({ campaigns: z.array(campaignSchema) })

export function campaignView(
  { problem, startedAtMs, doneAtMs, ...progress }: CampaignProgress,
  row: RefundCampaignRow,
): z.output<typeof campaignSchema> {
  return {
    ...{ ...progress, problem: problem ?? null },
    ...{ startedAtMs: startedAtMs ?? null, doneAtMs: doneAtMs ?? null },
    of: { minFen: row.min_fen, sinceBefore: row.since_before, again: row.again },
    gathering: { done: row.state === 'gathered', lookedAt: row.looked_at, gathered: row.gathered },
  }
}
