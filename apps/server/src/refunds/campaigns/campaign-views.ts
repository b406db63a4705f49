import { z } from 'zod'
import type { CampaignProgress } from '../../notices/index.ts'
import { daySchema } from '../ledger/api-schemas.ts'
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
export const campaignsSchema = z.object({
  campaigns: z.array(campaignSchema),
  next: z.string().nullable().describe('下一页的 before；没有了为空'),
})

export const waySchema = z.object({
  samples: z
    .array(
      z.object({
        channel: z.enum(['assistant', 'template', 'subscribe']),
        lines: z.array(z.object({ field: z.string(), text: z.string() })),
      }),
    )
    .describe('按先后：患者看到的样子，以一位不存在的患者为例；空：没有配置渠道，发不出去'),
  ...{ from: z.string(), to: z.string(), perMinute: count },
})
export const previewSchema = z.object({
  ...{ targets: count, fen: count, reachable: count, withPhone: count, withoutPhone: count },
  toldBefore: count.describe('以前告知过，不在名单里'),
  isCut: z.boolean().describe('只数了前四万份，实际还要多'),
  way: waySchema,
})

export const wantedSchema = z.object({
  minFen: z.int().min(1, '余额至少 0.01 元').max(100_000_000_000).describe('余额至少多少（分）'),
  sinceBefore: daySchema.optional().describe('只通知余额产生在这一天之前的；不写则不论何时'),
  again: z.boolean().default(false).describe('以前告知过的也再通知一次'),
})

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
