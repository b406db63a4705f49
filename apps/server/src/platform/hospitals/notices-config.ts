import { z } from 'zod'
import { unfittingFields } from './notice-texts.ts'

/** What a patient is told about a refund, by the event it belongs to; `balance` is told by a campaign. */
export const NOTICE_KINDS = [
  'applied',
  'waiting',
  'reminder',
  'paid',
  'expired',
  'reissued',
  'funded',
  'balance',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** 就医助手, template message of the official account, subscribe message of the mini program. */
export const NOTICE_CHANNELS = ['assistant', 'template', 'subscribe'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]

/** What a field of a message may show. */
const NOTICE_FACTS = ['title', 'patientName', 'cardNumber', 'balance', 'amount', 'time', 'remark'] as const
export type NoticeFact = (typeof NOTICE_FACTS)[number]

const text = (max: number) => z.string().min(1).max(max)
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时刻，如 08:00')
const page = text(500).optional().describe('点开消息看到的小程序页面；不填用业务给出的页面')

const fieldSchema = z.union([z.enum(NOTICE_FACTS), z.strictObject({ fixed: text(100) })])
export type NoticeField = z.output<typeof fieldSchema>

const templateMessageSchema = z.strictObject({
  templateId: text(64),
  fields: z.record(text(30), fieldSchema).describe('模板字段（如 thing4）显示什么'),
  approved: z
    .record(text(30), z.array(text(20)).max(50))
    .default({})
    .describe('const 和 enum 字段审核通过的值'),
  page,
})
export type TemplateMessageConfig = z.output<typeof templateMessageSchema>

const assistantMessageSchema = z.strictObject({
  status: z.int().min(1).describe('消息状态编号，微信给医院的表里写着'),
  fields: z
    .record(
      text(40),
      z.strictObject({ show: fieldSchema, limit: z.int().min(1).max(200).optional().describe('最多几个字') }),
    )
    .describe('business_info 的成员显示什么'),
  page,
})

const BY_KIND = z.enum([...NOTICE_KINDS, 'default'])
const WHICH = '按通知种类；default 用于没有单独写的种类'
const templateMessages = z.strictObject({
  messages: z.partialRecord(BY_KIND, templateMessageSchema).describe(WHICH),
})

const kind = (title: string, remark: string) =>
  z
    .strictObject({
      send: z.boolean().default(true),
      title: text(40).default(title).describe('事项'),
      remark: text(60).default(remark).describe('备注：退款操作路径'),
    })
    .prefault({})

/** 退费消息推送. Numbers, templates and fields are the hospital's own; a text that WeChat would refuse or cut is refused here. */
export const noticesSchema = z
  .strictObject({
    order: z
      .array(z.enum(NOTICE_CHANNELS))
      .max(NOTICE_CHANNELS.length)
      .default([...NOTICE_CHANNELS])
      .refine((all) => new Set(all).size === all.length, '同一个渠道写了两次')
      .describe('先后用哪些渠道：就医助手、公众号模板消息、小程序订阅消息；前一个明确没有送达才用下一个'),
    assistant: z
      .strictObject({
        businessId: z.int().min(1).default(150),
        pageType: text(20).default('mini').describe('跳转小程序时 page_type 的写法'),
        messages: z.partialRecord(BY_KIND, assistantMessageSchema).describe(WHICH),
      })
      .optional()
      .describe('微信就医助手；以本院公众号的名义发送'),
    template: templateMessages.optional().describe('公众号模板消息'),
    subscribe: templateMessages
      .extend({ miniProgramState: z.enum(['developer', 'trial', 'formal']).default('formal') })
      .optional()
      .describe('小程序订阅消息；患者点“申请退款”时请求订阅'),
    kinds: z
      .strictObject({
        applied: kind('退款申请已受理', '点此进入“我的退款”查看进度'),
        waiting: kind('退款等待您接收', '点此进入“我的退款”点“接收退款”'),
        reminder: kind('退款还没有接收', '点此点“接收退款”，过期会失效'),
        paid: kind('退款成功', '点此进入“我的退款”查看到账说明'),
        expired: kind('退款已失效', '点此进入“我的退款”查看办法'),
        reissued: kind('退款已重新发起', '点此进入“我的退款”点“接收退款”'),
        funded: kind('现在可以退款', '点此进入“预交金退款”再次申请'),
        balance: kind('您有预交金余额', '点此进入“预交金退款”申请退款'),
      })
      .prefault({}),
    mask: z
      .strictObject({
        patientName: z.boolean().default(true).describe('李*龙'),
        cardNumber: z.boolean().default(true).describe('只留末四位'),
        balance: z.boolean().default(false),
        amount: z.boolean().default(false),
      })
      .prefault({})
      .describe('锁屏上看得到消息，遮盖哪些内容'),
    campaigns: z
      .strictObject({
        from: timeOfDay.default('08:00'),
        to: timeOfDay.default('21:00'),
        perMinute: z.int().min(1).max(1_000).default(60).describe('每分钟最多通知几个人'),
      })
      .prefault({})
      .refine(({ from, to }) => from < to, '结束要晚于开始')
      .describe('批量通知（余额提醒）的时间（北京时间）和速度'),
    callback: z
      .strictObject({
        tokenFile: text(500).describe('存有消息推送 Token 的文件'),
        encodingAesKeyFile: text(500).describe('存有 EncodingAESKey 的文件'),
      })
      .optional()
      .describe('公众号消息推送（安全模式），送达结果由它告诉；地址是 /api/v1/notices/callback/医院id'),
  })
  .superRefine((notices, context) => {
    for (const { path, problem } of unfittingFields(notices))
      context.addIssue({ code: 'custom', path: [...path], message: problem })
  })
export type NoticesConfig = z.output<typeof noticesSchema>
