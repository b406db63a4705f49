import { readFileSync } from 'node:fs'
import { type HospitalId, hospitalId } from '@zhangyi/core'
import { hisConfigSchema } from '@zhangyi/his'
import { z } from 'zod'
import { noticesSchema } from './notices-config.ts'
import { recordsSchema } from './records-config.ts'
import { refundsSchema } from './refunds-config.ts'
import { usageSchema } from './usage-config.ts'
import { cardCodeSchema, smsSchema, verificationSchema } from './verification-config.ts'
import { visitsSchema } from './visits-config.ts'
import { wechatPaySchema } from './wechat-pay-config.ts'

/** Under which the installation's own rows stand: accounts, and what they did. */
export const RESERVED_ID = 'installation'

const origin = z.url().transform((text) => text.replace(/\/+$/, ''))
const secretFile = z.string().min(1).describe('存有密钥的文件，明文或用 zhangyi keys seal 加密的')

/** What one hospital configures. Unknown or conflicting facts of a platform's contract stand here, with defaults. */
export const hospitalSchema = z.strictObject({
  id: z.string().transform((text, context): HospitalId => {
    if (text === RESERVED_ID)
      context.addIssue({ code: 'custom', message: `医院编号不能叫 ${RESERVED_ID}，账号和它们的审计用着它` })
    try {
      return hospitalId(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  }),
  name: z.string().min(1).describe('医院名称，显示在每一页的标题上'),
  phone: z.string().min(3).describe('患者遇到困难时拨打的电话'),
  counter: z.string().min(1).describe('窗口地点和时间'),
  healthCard: z.strictObject({
    baseUrl: origin.describe('电子健康卡开放平台接口地址'),
    h5Origin: origin.describe('平台网页地址（授权、验证、展码）'),
    moreH5Hosts: z
      .array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/))
      .default([])
      .describe('平台网页还会用到的其他域名（如某省自己的域名）'),
    appId: z.string().min(1),
    appSecretFile: secretFile,
    hospitalId: z.string().min(1).describe('平台分配的机构 ID'),
    domainChannel: z.number().int().default(3).describe('3 = 小程序内嵌 H5；其他取值平台未公开'),
    timeoutMs: z.number().int().min(100).max(10_000).default(2_000).describe('患者等待时的调用上限'),
    signZero: z.boolean().default(true).describe('数值 0 是否参与签名'),
    tokenInvalidCodes: z
      .array(z.number().int())
      .default([])
      .describe('表示 appToken 失效的 resultCode，平台未公开'),
  }),
  wechat: z.strictObject({
    apiOrigin: origin.default('https://api.weixin.qq.com'),
    openOrigin: origin.default('https://open.weixin.qq.com').describe('网页授权页地址'),
    miniProgram: z.strictObject({ appid: z.string().min(1), secretFile }).optional(),
    officialAccount: z.strictObject({ appid: z.string().min(1), secretFile }).optional(),
  }),
  his: hisConfigSchema,
  enrolment: z
    .strictObject({
      maxPatients: z.number().int().min(1).max(50).default(5).describe('每个用户的就诊人上限'),
      guardianUnderAge: z.number().int().default(14).describe('不满此年龄必须填写监护人'),
      requiredFields: z
        .array(z.enum(['nation', 'address', 'phone']))
        .default(['nation', 'address', 'phone'])
        .describe('院内建档必填、健康卡里可能缺少的字段'),
      flowMinutes: z.number().int().min(1).max(120).default(30).describe('一次建卡流程保留的分钟数'),
    })
    .prefault({}),
  verification: verificationSchema.prefault({}),
  cardCode: cardCodeSchema.prefault({}),
  sms: smsSchema.optional(),
  records: recordsSchema.prefault({}),
  usage: usageSchema.prefault({}),
  visits: visitsSchema.prefault({}),
  wechatPay: wechatPaySchema.optional(),
  refunds: refundsSchema.prefault({}),
  notices: noticesSchema.prefault({}),
})

export type Hospital = z.output<typeof hospitalSchema>
export type HospitalInput = z.input<typeof hospitalSchema>

export class Hospitals {
  readonly all: readonly Hospital[]

  constructor(all: readonly Hospital[]) {
    if (all.length === 0) throw new Error('医院配置里至少要有一家医院')
    const ids = new Set(all.map(({ id }) => id))
    if (ids.size !== all.length) throw new Error('医院配置里有重复的 id')
    this.all = all
  }

  find(id: string): Hospital | undefined {
    return this.all.find((hospital) => hospital.id === id)
  }

  /** The hospital that a login names, or the only one. */
  choose(id: string | undefined): Hospital | undefined {
    return id === undefined ? (this.all.length === 1 ? this.all[0] : undefined) : this.find(id)
  }
}

/** Reads the hospitals file; every problem is told with its place. */
export function loadHospitals(file: string): Hospitals {
  return parseHospitals(JSON.parse(readFileSync(file, 'utf8')), file)
}

export function parseHospitals(input: unknown, source: string): Hospitals {
  const result = z
    .strictObject({ hospitals: z.array(hospitalSchema).min(1) })
    .safeParse(input, { error: z.locales.zhCN().localeError })
  if (result.success) return new Hospitals(result.data.hospitals)
  const problems = result.error.issues.map((issue) => `  - ${issue.path.join('.')}：${issue.message}`)
  throw new Error(`医院配置 ${source} 有误：\n${problems.join('\n')}`)
}
