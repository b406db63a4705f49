import * as z from 'zod'
import { ALL_OPERATIONS, HIS_OPERATIONS, type HisOperation } from '../../operations.ts'
import { CHARSETS } from '../soap/charset.ts'
import { soapStyleSchema } from '../soap/soap-style.ts'

const limits = {
  timeoutMs: z.int().min(100).max(60_000).optional().describe('一次查询的时限（毫秒）'),
  changeTimeoutMs: z.int().min(100).max(60_000).optional().describe('一次办理的时限；不写与查询相同'),
}
const url = z.url({ protocol: /^https?$/ })
const secretFile = z.string().min(1)
const settings = z.record(z.string(), z.string()).default({}).describe('映射里 {settings.…} 的值')
const settingFiles = z.record(z.string(), secretFile).default({}).describe('同上，每个值放在一个文件里')

const groups = Object.keys(HIS_OPERATIONS) as [
  keyof typeof HIS_OPERATIONS,
  ...(keyof typeof HIS_OPERATIONS)[],
]
const operations = ALL_OPERATIONS.map(([name]) => name) as [HisOperation, ...HisOperation[]]

const mappingSources = {
  mapping: z.record(z.string(), z.unknown()).optional().describe('映射；写法见 packages/his/README.md'),
  mappingFile: z.string().optional().describe('映射放在另一个 JSON 文件里'),
}

const rest = z
  .strictObject({
    kind: z.literal('rest').describe('REST：HIS 实现我们的 OpenAPI，或用映射改写'),
    baseUrl: url,
    groups: z.array(z.enum(groups)).optional().describe('HIS 提供的接口组；不写 = 全部'),
    without: z.array(z.enum(operations)).optional().describe('组内不提供的接口'),
    headers: z.record(z.string(), z.string()).optional().describe('每次调用都带的请求头'),
    auth: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('hmac'), keyId: z.string().min(1), secretFile }),
      z.strictObject({ kind: z.literal('bearer'), tokenFile: secretFile }),
      z.strictObject({ kind: z.literal('none') }),
    ]),
    ...mappingSources,
    settings,
    settingFiles,
    ...limits,
  })
  .refine(
    (one) => one.mapping === undefined || one.mappingFile === undefined,
    'mapping 和 mappingFile 只能写一个',
  )

const soap = z
  .strictObject({
    kind: z.literal('soap').describe('SOAP：字符串参数里的 XML，由映射说明'),
    endpoint: url,
    charset: z.enum(CHARSETS).describe('收发的字符集'),
    style: soapStyleSchema,
    ...mappingSources,
    settings,
    settingFiles,
    ...limits,
  })
  .refine(
    (one) => (one.mapping === undefined) !== (one.mappingFile === undefined),
    'mapping 和 mappingFile 要写且只写一个',
  )

const module = z.strictObject({
  kind: z.literal('module').describe('医院自己的适配器模块'),
  file: z.string().min(1).describe('模块文件（.ts 或 .js），默认导出 HisPort 或返回它的函数'),
  options: z.record(z.string(), z.unknown()).default({}).describe('原样交给模块'),
  ...limits,
})

/** The HIS of one hospital, as it stands in the hospitals' file. Secrets are in files, never in it. */
export const hisConfigSchema = z.discriminatedUnion('kind', [rest, soap, module])
export type HisConfig = z.infer<typeof hisConfigSchema>
