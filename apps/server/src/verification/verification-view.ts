import { z } from 'zod'
import { PURPOSES } from './purposes.ts'

const platformPurpose = z.enum(PURPOSES).exclude(['refund'])

/** Why the straight way ended. Each has its words in the patient app. */
export const REASONS = [
  /** Not verified, or given up on the platform's page. */
  'failed',
  /** The platform opened no page and that is not trusted. */
  'no-page',
  'platform-unavailable',
  'platform-refused',
  /** The platform was not reached for the result; asking again may bring it. */
  'result-unknown',
  /** No resident ID card: never submitted to the platform. */
  'no-resident-id',
  'too-many-attempts',
  'expired',
] as const
export type Reason = (typeof REASONS)[number]

/** What the patient can do instead, the best first. */
export const WAYS = [
  'retry',
  'check-again',
  'phone-code',
  'card-phone-code',
  'visit-card-code',
  'family',
  'self-service',
  'counter',
  'phone',
] as const
export type Way = (typeof WAYS)[number]

const common = {
  id: z.string(),
  purpose: platformPurpose,
  patientId: z.string(),
  name: z.string().describe('就诊人姓名，已隐去中间的字'),
  expiresAt: z.iso.datetime(),
}

/** Where a verification stands; `step` names the page that goes on. */
export const verificationViewSchema = z.discriminatedUnion('step', [
  z.object({
    ...common,
    step: z.literal('open-platform'),
    url: z.string(),
    verifyOrderId: z.string().describe('平台的验证订单号；结果只认服务器自己保存的'),
  }),
  z.object({ ...common, step: z.literal('waiting') }),
  z.object({
    ...common,
    step: z.literal('granted'),
    assurance: z.enum(['real-person', 'proxy', 'trusted', 'fallback']),
    grantExpiresAt: z.iso.datetime(),
  }),
  z.object({
    ...common,
    step: z.literal('ways-on'),
    reason: z.enum(REASONS),
    ways: z.array(z.enum(WAYS)),
    selfService: z.string().nullable().describe('自助机的地点和用法'),
    traceId: z.string(),
  }),
])
export type VerificationView = z.infer<typeof verificationViewSchema>

export const grantViewSchema = z.object({
  patientId: z.string(),
  purpose: platformPurpose,
  assurance: z.enum(['real-person', 'proxy', 'trusted', 'fallback', 'face']),
  expiresAt: z.iso.datetime(),
})
export type GrantView = z.infer<typeof grantViewSchema>

export const startVerificationSchema = z.strictObject({
  patientId: z.string().min(1).max(64),
  purpose: platformPurpose,
  wechatCode: z.string().min(1).max(512),
})
export type StartVerification = z.infer<typeof startVerificationSchema>
export const resultInputSchema = z.strictObject({ registerOrderId: z.string().min(1).max(512) })

/** The code by SMS, and what only the patient knows or holds: the last four digits, or the visit card's number. */
export const fallbackInputSchema = z.strictObject({
  code: z.string().max(12),
  lastFour: z.string().max(4).optional(),
  visitCard: z.string().max(40).optional(),
})
export type FallbackInput = z.infer<typeof fallbackInputSchema>
export const sentCodeSchema = z.object({
  phone: z.string().describe('验证码发到的手机号，已隐去中间的数字'),
  expiresAt: z.iso.datetime(),
})
