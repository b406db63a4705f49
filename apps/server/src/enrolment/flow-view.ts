import { z } from 'zod'
import { patientViewSchema } from '../patients/index.ts'

/** Fields that a hospital may still need for its archive, in the order in which the page asks for them. */
export const ARCHIVE_FIELDS = [
  'gender',
  'birthday',
  'nation',
  'phone',
  'address',
  'relation',
  'guardian',
] as const
export type ArchiveField = (typeof ARCHIVE_FIELDS)[number]

/** Why the straight way ended. Each reason has its words in the patient app. */
export const REASONS = [
  'verify-failed',
  'platform-unavailable',
  'platform-refused',
  'code-refused',
  'code-unknown',
  'his-unavailable',
  'his-refused',
  'other-person',
  'patient-limit',
  'expired',
] as const
export type Reason = (typeof REASONS)[number]

/** What the patient can do instead, best first. Never empty: no branch is a dead end. */
export const WAYS = ['retry', 'resume', 'visit-card', 'family', 'patients', 'counter', 'phone'] as const
export type Way = (typeof WAYS)[number]

const common = {
  id: z.string(),
  intent: z.enum(['register', 'bind-card', 'add-patient', 'upgrade']),
  expiresAt: z.iso.datetime(),
}
const masked = { name: z.string(), idNumber: z.string(), isSelf: z.boolean() }

/** Where a flow stands, and everything that its page needs; personal data is masked. */
export const flowViewSchema = z.discriminatedUnion('step', [
  z.object({ ...common, step: z.literal('open-platform'), url: z.string().describe('打开平台页面') }),
  z.object({ ...common, step: z.literal('form') }),
  z.object({ ...common, step: z.literal('waiting').describe('正在处理，一秒后再查询') }),
  z.object({
    ...common,
    ...masked,
    step: z.literal('choose-archive'),
    archives: z.array(
      z.object({
        key: z.string(),
        visitCard: z.string().nullable().describe('就诊卡尾号'),
        lastVisitOn: z.string().nullable(),
        campus: z.string().nullable(),
      }),
    ),
  }),
  z.object({
    ...common,
    ...masked,
    step: z.literal('complete-archive'),
    known: z.array(z.object({ field: z.enum(ARCHIVE_FIELDS), value: z.string() })),
    missing: z.array(z.enum(ARCHIVE_FIELDS)).describe('需补充的字段'),
  }),
  z.object({
    ...common,
    step: z.literal('done'),
    patient: patientViewSchema,
    /** The platform's card management was out of order: the card is offered later. */
    cardPending: z.boolean(),
  }),
  z.object({
    ...common,
    step: z.literal('ways-on'),
    reason: z.enum(REASONS),
    ways: z.array(z.enum(WAYS)).min(1),
    traceId: z.string().describe('追踪号：患者报给医院，据此查到全过程'),
  }),
])

export type FlowView = z.infer<typeof flowViewSchema>

/** The ways on for each reason; an exhaustive table, so that a new reason cannot be without one. */
export const WAYS_ON: Readonly<Record<Reason, readonly Way[]>> = {
  'verify-failed': ['retry', 'visit-card', 'family', 'counter', 'phone'],
  'platform-unavailable': ['retry', 'visit-card', 'counter', 'phone'],
  'platform-refused': ['retry', 'visit-card', 'counter', 'phone'],
  'code-refused': ['retry', 'visit-card', 'counter', 'phone'],
  'code-unknown': ['retry', 'visit-card', 'counter', 'phone'],
  'his-unavailable': ['resume', 'counter', 'phone'],
  'his-refused': ['counter', 'phone'],
  'other-person': ['retry', 'patients', 'counter', 'phone'],
  'patient-limit': ['patients', 'counter', 'phone'],
  expired: ['retry', 'visit-card', 'counter', 'phone'],
}
