import { z } from 'zod'
import { NOTICE_CHANNELS, NOTICE_KINDS } from '../../platform/hospitals/notices-config.ts'

const atMs = z.number().int()
export const NOTICE_STATES = [
  ...(['queued', 'sending', 'accepted', 'delivered'] as const),
  ...(['failed', 'unknown', 'unreachable'] as const),
] as const
const channel = z.enum(NOTICE_CHANNELS)

export const listedSchema = z.object({
  ...{ id: z.string(), key: z.string().describe('业务自己的编号'), userId: z.string() },
  ...{ kind: z.enum(NOTICE_KINDS), kindName: z.string() },
  state: z
    .enum(NOTICE_STATES)
    .describe(
      'queued 等发送 / sending 发送中 / accepted 微信已收 / delivered 已送达 / failed 没有发出 / unknown 结果不明 / unreachable 联系不到',
    ),
  channel: channel.nullable().describe('最后用的渠道'),
  channelName: z.string().nullable(),
  problem: z.string().nullable().describe('为什么等着，或没有发出'),
  ...{ journey: z.string(), campaignId: z.string().nullable() },
  ...{ createdAtMs: atMs, settledAtMs: atMs.nullable() },
})
export type ListedNotice = z.output<typeof listedSchema>

export const detailSchema = listedSchema.extend({
  nextAtMs: atMs.nullable(),
  patient: z.string().describe('已遮盖'),
  steps: z.array(
    z.object({
      ...{
        name: z.string(),
        note: z.string().nullable(),
        tone: z.enum(['ok', 'warn', 'bad', 'plain']),
        atMs,
      },
    }),
  ),
  texts: z.array(
    z.object({
      ...{ channel, channelName: z.string(), msgId: z.string().nullable() },
      lines: z
        .array(z.object({ name: z.string(), value: z.string() }))
        .describe('发出的文字，姓名和卡号遮盖'),
    }),
  ),
  advice: z.string(),
})
export type NoticeDetail = z.output<typeof detailSchema>

export const countsSchema = z.object({
  day: z.string(),
  counts: z.array(
    z.object({ channel: channel.nullable(), state: z.enum(NOTICE_STATES), count: z.number().int() }),
  ),
})
export type NoticeCounts = z.output<typeof countsSchema>
