import * as z from 'zod'
import { ALL_OPERATIONS, HIS_OPERATIONS, type HisOperation } from '../../operations.ts'
import { CHARSETS } from '../soap/charset.ts'
import { soapStyleSchema } from '../soap/soap-style.ts'

const timeoutMs = z.int().min(100).max(60_000).optional()
const url = z.url({ protocol: /^https?$/ })
const secretFile = z.string().min(1)
/** Values for `{settings.…}` of a mapping. */
const settings = z.record(z.string(), z.string()).default({})
/** The same, each from a file. */
const settingFiles = z.record(z.string(), secretFile).default({})

const groups = Object.keys(HIS_OPERATIONS) as [
  keyof typeof HIS_OPERATIONS,
  ...(keyof typeof HIS_OPERATIONS)[],
]
const operations = ALL_OPERATIONS.map(([name]) => name) as [HisOperation, ...HisOperation[]]

const mappingSources = {
  mapping: z.record(z.string(), z.unknown()).optional(),
  mappingFile: z.string().optional(),
}

const rest = z
  .strictObject({
    kind: z.literal('rest'),
    baseUrl: url,
    groups: z.array(z.enum(groups)).optional(),
    without: z.array(z.enum(operations)).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    auth: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('hmac'), keyId: z.string().min(1), secretFile }),
      z.strictObject({ kind: z.literal('bearer'), tokenFile: secretFile }),
      z.strictObject({ kind: z.literal('none') }),
    ]),
    ...mappingSources,
    settings,
    settingFiles,
    timeoutMs,
    changeTimeoutMs: timeoutMs,
  })
  .refine(
    (one) => one.mapping === undefined || one.mappingFile === undefined,
    'mapping 和 mappingFile 只能写一个',
  )

const soap = z
  .strictObject({
    kind: z.literal('soap'),
    endpoint: url,
    charset: z.enum(CHARSETS),
    style: soapStyleSchema,
    ...mappingSources,
    settings,
    settingFiles,
    timeoutMs,
    changeTimeoutMs: timeoutMs,
  })
  .refine(
    (one) => (one.mapping === undefined) !== (one.mappingFile === undefined),
    'mapping 和 mappingFile 要写且只写一个',
  )

const module = z.strictObject({
  kind: z.literal('module'),
  /** The hospital's own module. */
  file: z.string().min(1),
  options: z.record(z.string(), z.unknown()).default({}),
})

/** The HIS of one hospital, as it stands in the hospitals' file. Secrets are in files, never in it. */
export const hisConfigSchema = z.discriminatedUnion('kind', [rest, soap, module])
export type HisConfig = z.infer<typeof hisConfigSchema>
