import { z } from 'zod'
import { DOCUMENT_KINDS, OFFLINE_REASONS } from '../../platform/hospitals/offline-config.ts'
import { CONTENT_TYPES, MAX_BASE64 } from './content-type.ts'
import { PAYOUT_WAYS } from './offline-row.ts'
import { STATES } from './offline-states.ts'

const id = z.string().min(1).max(64)
const atMs = z.int()
const amountFen = z.int().min(0)
// Lengths only: what a field must hold is checked by `check-application.ts`, with a message for each problem.
const text = (max: number) => z.string().max(max, { error: '内容太长' })

export const reasonSchema = z.enum(OFFLINE_REASONS, { error: '请选择是哪种情况' })
export const documentKindSchema = z.enum(DOCUMENT_KINDS, { error: '请选择是哪种材料' })

export const applicationInputSchema = z.strictObject({
  reason: reasonSchema,
  applicant: z.strictObject({ name: text(60), idNumber: text(40), phone: text(20), relation: text(20) }),
  patient: z.strictObject({
    name: text(60),
    idNumber: text(40).nullable(),
    cardNumber: text(40).nullable(),
  }),
  note: text(500).default(''),
  requestKey: z
    .string()
    .regex(/^[\w-]{8,64}$/, '提交编号不正确，请重新打开页面')
    .describe('每次新填一张表换一个；同一个再次提交得到同一份申请'),
})

export const documentInputSchema = z.strictObject({
  kind: documentKindSchema,
  name: text(120).describe('文件名，只有申请人和审核的人看得到'),
  contentType: z.enum(CONTENT_TYPES, { error: '只能上传 JPG、PNG 图片或 PDF 文件，请重新选择' }),
  // One more group than is allowed: then the answer can say that it is the size.
  base64: z
    .string()
    .max(MAX_BASE64 + 4, { error: '文件超过 5 MB，请压缩或重新拍照后再上传' })
    .describe('不带 data: 前缀'),
})

/** One demand: any one of these will do. */
export const demandSchema = z.object({
  text: z.string().describe('如 户口簿或出生医学证明'),
  anyOf: z.array(z.object({ kind: documentKindSchema, name: z.string() })),
})

/** What the form needs before anything is typed. */
export const offlineFormSchema = z.object({
  /** Null: open. Otherwise what to do instead, in Chinese. */
  closed: z.string().nullable(),
  notes: z.array(z.string()),
  reasons: z.array(z.object({ reason: reasonSchema, name: z.string(), documents: z.array(demandSchema) })),
  documentKinds: z.array(z.object({ kind: documentKindSchema, name: z.string() })),
  maxDocuments: z.int(),
  maxDocumentBytes: z.int(),
  phone: z.string(),
  counter: z.string(),
})

const offlineDocumentSchema = z.object({
  id,
  kind: documentKindSchema,
  kindName: z.string(),
  name: z.string(),
  contentType: z.enum(CONTENT_TYPES),
  sizeBytes: z.int(),
  addedAtMs: atMs,
})

export const offlineApplicationSchema = z.object({
  id,
  reason: reasonSchema,
  reasonName: z.string(),
  state: z.enum(STATES),
  title: z.string().describe('状态，几个字'),
  message: z.string().describe('说给申请人听：怎么了、接下来怎么办'),
  said: z.string().nullable().describe('医院的话：要补什么、为什么没有通过'),
  applicant: z
    .object({ name: z.string(), idNumber: z.string(), phone: z.string(), relation: z.string() })
    .describe('遮盖之后的'),
  patient: z
    .object({ name: z.string(), idNumber: z.string().nullable(), cardNumber: z.string().nullable() })
    .describe('遮盖之后的'),
  note: z.string().nullable(),
  documents: z.array(offlineDocumentSchema),
  missing: z.array(demandSchema).describe('还差的材料；空的就可以提交'),
  amountFen: amountFen.nullable().describe('医院同意退的金额'),
  payout: z.object({ how: z.enum(PAYOUT_WAYS), howName: z.string(), voucher: z.string(), atMs }).nullable(),
  createdAtMs: atMs,
  submittedAtMs: atMs.nullable(),
  movedAtMs: atMs.describe('到这个状态的时间'),
  can: z.object({ changeDocuments: z.boolean(), submit: z.boolean(), withdraw: z.boolean() }),
  phone: z.string(),
})
export const offlineApplicationsSchema = z.object({ applications: z.array(offlineApplicationSchema) })

export type ApplicationInput = z.output<typeof applicationInputSchema>
export type DocumentInput = z.output<typeof documentInputSchema>
export type Demand = z.infer<typeof demandSchema>
export type OfflineForm = z.infer<typeof offlineFormSchema>
export type OfflineApplication = z.infer<typeof offlineApplicationSchema>
