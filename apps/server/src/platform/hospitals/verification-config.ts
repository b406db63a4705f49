import { z } from 'zod'

/**
 * For what an identity is verified. A grant opens one of them and no other. `refund` has no page of the card
 * platform: it is opened by a face check only.
 */
export const PURPOSES = [
  'lab-report',
  'examination-report',
  'check-up-report',
  'inpatient-list',
  'prescription',
  'diagnosis',
  'personal-data',
  'card-code',
  'refund',
] as const
export type Purpose = (typeof PURPOSES)[number]

/** What a patient may use whom the platform could not verify. `phone-code`: last four digits and a code by SMS. */
const FALLBACK_WAYS = ['phone-code', 'counter', 'self-service'] as const
/** What a patient uses who has no resident ID card and is never sent to the platform. */
const ALTERNATIVE_WAYS = ['card-phone-code', 'counter', 'self-service'] as const
export type FallbackWay = (typeof FALLBACK_WAYS)[number]
export type AlternativeWay = (typeof ALTERNATIVE_WAYS)[number]

const minutes = (most: number) => z.number().int().min(1).max(most)
const purposeSettings = z.strictObject({
  scene: z
    .string()
    .regex(/^\d{6,8}$/)
    .optional()
    .describe('用卡环节代码；不填用默认'),
  fallback: z.array(z.enum(FALLBACK_WAYS)).optional().describe('验证失败或放弃后的兜底方式；空数组表示没有'),
  alternative: z.array(z.enum(ALTERNATIVE_WAYS)).optional().describe('没有居民身份证的患者怎样办'),
})

export const verificationSchema = z.strictObject({
  grantMinutes: minutes(1_440).default(30).describe('验证通过后可以查看多少分钟'),
  fallbackGrantMinutes: minutes(1_440).default(10).describe('用兜底方式通过后可以查看多少分钟'),
  orderMinutes: minutes(120).default(30).describe('一次验证保留多少分钟'),
  attemptsPerPatient: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('同一就诊人同一用途每天最多试几次'),
  attemptsPerOpenid: z.number().int().min(1).max(1_000).default(10).describe('同一微信用户每天最多试几次'),
  trustEmptyVerifyUrl: z
    .boolean()
    .default(false)
    .describe('平台不给验证页时视为已验证；平台没有公开这样做的含义，默认不信任'),
  useCardType: z.string().min(1).default('11').describe('实人验证的 useCardType；各家取值不一'),
  successPlaceholder: z
    .enum(['registerOrderId', 'verifyOrderId'])
    .default('registerOrderId')
    .describe('成功回跳地址里由平台替换的占位符名'),
  codeMinutes: minutes(60).default(5).describe('短信验证码有效几分钟'),
  codeTries: z.number().int().min(1).max(10).default(5).describe('同一验证码最多输错几次'),
  codesPerDay: z.number().int().min(1).max(50).default(5).describe('同一就诊人每天最多发几次短信验证码'),
  selfService: z.string().min(1).optional().describe('自助机的地点和用法；不填则不提供'),
  nationalIdentity: z
    .strictObject({
      module: z.string().min(1).describe('模块文件（.ts 或 .js），写法见 docs/guides/face-check.md'),
      options: z.record(z.string(), z.unknown()).default({}).describe('原样交给模块'),
    })
    .optional()
    .describe('国家网络身份认证的适配模块；不填则不向平台提供这种方式'),
  purposes: z.partialRecord(z.enum(PURPOSES), purposeSettings).default({}).describe('按用途改变环节和兜底'),
})

/** A hospital's gateway for text messages; without it every way that needs a code is left out. */
export const smsSchema = z.strictObject({
  url: z.url().describe('短信网关地址，接口见 docs/guides/sms.md'),
  keyId: z.string().min(1),
  secretFile: z.string().min(1).describe('存有密钥的文件'),
  timeoutMs: z.number().int().min(100).max(10_000).default(3_000),
})

export const cardCodeSchema = z.strictObject({
  page: z
    .enum(['platform', 'own'])
    .default('platform')
    .describe('小程序验证后打开平台的展码页组件，还是我们自己的展码页；H5 总是自己的页'),
  codeType: z.enum(['dynamic', 'static']).default('dynamic').describe('先显示动态码还是静态码'),
  refreshSeconds: z.number().int().min(10).max(600).default(60),
  timeoutMs: z
    .number()
    .int()
    .min(100)
    .max(10_000)
    .default(800)
    .describe('动态码等平台多久（毫秒）；患者站在窗口前，等不到就先出示就诊卡'),
  visitCardSymbol: z.enum(['qr', 'code128']).default('qr').describe('兜底就诊卡码的码制，按医院扫码枪选'),
})
