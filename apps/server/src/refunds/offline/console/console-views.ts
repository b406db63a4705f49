import { z } from 'zod'
import { CONTENT_TYPES } from '../content-type.ts'
import { PAYOUT_WAYS } from '../offline-row.ts'
import { HAPPENINGS, STATES } from '../offline-states.ts'
import { demandSchema, documentKindSchema, offlineApplicationSchema, reasonSchema } from '../offline-views.ts'

const id = z.string().min(1).max(64)
const atMs = z.int()
const amountFen = z.int().min(0)

/** What the hospital sees: a draft is the applicant's own. */
export const SEEN_STATES = STATES.filter((state) => state !== 'draft')

const proposalSchema = z.object({ by: z.string(), amountFen, atMs }).describe('提出的金额，等另一人同意')

export const listedSchema = z.object({
  id,
  reason: reasonSchema,
  reasonName: z.string(),
  state: z.enum(STATES),
  stateName: z.string(),
  applicantName: z.string().describe('遮盖之后的姓名'),
  patientName: z.string().describe('遮盖之后的姓名'),
  reviewer: z.string().nullable(),
  proposal: proposalSchema.nullable(),
  amountFen: amountFen.nullable(),
  submittedAtMs: atMs,
  movedAtMs: atMs,
})
export const listSchema = z.object({
  counts: z.partialRecord(z.enum(STATES), z.int()).describe('没有办完的，每个状态现在有几份；没有的不写'),
  applications: z.array(listedSchema),
  next: z.string().nullable().describe('下一页的 before；没有了为空'),
})

export const oneSchema = listedSchema.extend({
  unmasked: z.boolean(),
  applicant: offlineApplicationSchema.shape.applicant.describe('没有给出原因时遮盖'),
  patient: offlineApplicationSchema.shape.patient.describe('没有给出原因时遮盖'),
  hasNote: z.boolean(),
  note: z.string().nullable().describe('申请人的说明；没有给出原因时为空'),
  said: z.string().nullable().describe('最近一次对申请人说的话'),
  documents: z.array(
    z.object({
      ...{ id, kind: documentKindSchema, kindName: z.string(), contentType: z.enum(CONTENT_TYPES) },
      ...{ sizeBytes: z.int(), addedAtMs: atMs },
    }),
  ),
  missing: z.array(demandSchema).describe('按现在的要求还差的材料'),
  payout: offlineApplicationSchema.shape.payout,
  ledger: z
    .object({
      patid: z.string().nullable().describe('付款记在台账的哪一份档案；空：没有付，或台账里没有'),
      archives: z
        .array(z.object({ patid: z.string(), balanceFen: amountFen, refundedFen: amountFen }))
        .describe('还没付款时，台账里这位患者的档案'),
    })
    .describe('余额台账'),
  steps: z.array(
    z.object({
      ...{ happening: z.enum(HAPPENINGS), name: z.string(), actor: z.string().describe('申请人 或操作员') },
      ...{ said: z.string().nullable(), amountFen: amountFen.nullable(), atMs },
    }),
  ),
  samePatient: z
    .array(
      z.object({
        id,
        state: z.enum(STATES),
        stateName: z.string(),
        amountFen: amountFen.nullable(),
        submittedAtMs: atMs,
      }),
    )
    .describe('同一证件号码或就诊卡的其他申请：不要付两次'),
  secondFromFen: amountFen.describe('从这个金额起要另一人同意'),
  can: z.object({
    ...{ take: z.boolean(), ask: z.boolean(), approve: z.boolean(), reject: z.boolean() },
    ...{ reopen: z.boolean(), payOut: z.boolean() },
  }),
})

// Texts to the applicant stand on the applicant's page: one or more plain lines.
const said = z
  .string()
  .trim()
  .min(2, '请写清楚，至少两个字')
  .max(300, '最多 300 个字')
  .regex(/^(?:\P{C}|\n)*$/u, '里面有不能使用的字符')

export const saidSchema = z.strictObject({ text: said })
export const unmaskSchema = z.strictObject({
  // It goes into the audit log, where no number of a person may stand.
  reason: said
    .max(100, '最多 100 个字')
    .regex(/^(?!.*\d[\d -]{5,}[\dXx])/s, '原因里不要写证件号码或电话号码'),
})
export const approvalSchema = z.strictObject({
  amountFen: z.int().min(1, '金额要大于 0').max(100_000_000, '一次最多 100 万元').describe('分'),
  text: said.optional().describe('说给申请人，如怎样领取'),
})
export const payoutSchema = z.strictObject({
  how: z.enum(PAYOUT_WAYS, { error: '请选择窗口付款或银行转账' }),
  voucher: z
    .string()
    .trim()
    .regex(/^[\w\-/]{2,40}$/, '凭证号只能有字母、数字、- 和 /')
    .describe('窗口收据号或银行回单号'),
  patid: z.string().min(1).max(64).optional().describe('付的是台账里的哪一份档案；只有一份时不用写'),
})

export type Listed = z.infer<typeof listedSchema>
export type One = z.infer<typeof oneSchema>
export type Approval = z.output<typeof approvalSchema>
export type Payout = z.output<typeof payoutSchema>
