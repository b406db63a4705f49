// The gateway's API of verification as this app uses it; see types.ts for why the types are plain.
import type { Assurance, Purpose } from './purposes.ts'

export type VerifyReason =
  | 'failed'
  | 'no-page'
  | 'platform-unavailable'
  | 'platform-refused'
  | 'result-unknown'
  | 'no-resident-id'
  | 'too-many-attempts'
  | 'expired'

export type VerifyWay =
  | 'retry'
  | 'check-again'
  | 'phone-code'
  | 'card-phone-code'
  | 'visit-card-code'
  | 'family'
  | 'self-service'
  | 'counter'
  | 'phone'

type Common = {
  readonly id: string
  readonly purpose: Purpose
  readonly patientId: string
  readonly name: string
  readonly expiresAt: string
}

/** Where a verification stands; `step` names the page that goes on. */
export type VerificationView =
  | (Common & { readonly step: 'open-platform'; readonly url: string; readonly verifyOrderId: string })
  | (Common & { readonly step: 'waiting' })
  | (Common & { readonly step: 'granted'; readonly assurance: Assurance; readonly grantExpiresAt: string })
  | (Common & {
      readonly step: 'ways-on'
      readonly reason: VerifyReason
      readonly ways: readonly VerifyWay[]
      readonly selfService: string | null
      readonly traceId: string
    })

export type VerificationStep = VerificationView['step']
export type VerificationAt<S extends VerificationStep> = Extract<VerificationView, { readonly step: S }>

export type GrantView = {
  readonly patientId: string
  readonly purpose: Purpose
  readonly assurance: Assurance | 'face'
  readonly expiresAt: string
}

/** For whom and for what; a verification is begun with it, and begun again. */
export type VerificationWish = { readonly purpose: Purpose; readonly patientId: string }
export type StartVerification = VerificationWish & { readonly wechatCode: string }
export type FallbackInput = {
  readonly code: string
  readonly lastFour?: string | undefined
  readonly visitCard?: string | undefined
}
export type SentCode = { readonly phone: string; readonly expiresAt: string }
