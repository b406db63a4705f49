import { get, post, type Query } from '../../api/request.ts'
import type { Tone } from '../../ui/state-words.ts'

export interface Verification {
  readonly id: string
  readonly patientId: string
  readonly userId: string
  readonly purposeName: string
  readonly stage: string
  readonly reason: string | null
  readonly reasonName: string | null
  readonly traceId: string | null
  readonly grantId: string | null
  readonly createdAtMs: number
  readonly changedAtMs: number
}

export interface VerificationDetail extends Verification {
  readonly expiresAtMs: number
  readonly steps: readonly {
    readonly name: string
    readonly tone: Tone
    readonly note: string | null
    readonly atMs: number
  }[]
  /** Tries of today that did not pass, of this patient for this purpose. */
  readonly ofPatient: { readonly used: number; readonly most: number }
  readonly grant: Grant | null
  readonly advice: string
}

export interface Grant {
  readonly id: string
  readonly userId: string
  readonly patientId: string | null
  readonly purposeName: string
  readonly assurance: string
  readonly assuranceName: string
  readonly state: 'live' | 'spent' | 'voided' | 'expired'
  /** The verification or face check it came from. */
  readonly source: string
  readonly byProxy: boolean
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly spentAtMs: number | null
  readonly spentOn: string | null
  readonly voidedAtMs: number | null
  readonly voidReason: string | null
}

export interface FaceCheck {
  readonly id: string
  readonly userId: string
  readonly outSeqNo: string
  readonly openid: string
  readonly purposeName: string
  readonly method: 'face' | 'ncidas'
  readonly state: string
  readonly resultCode: number | null
  readonly resultName: string | null
  readonly counts: boolean
  readonly grantId: string | null
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

export const verificationsApi = {
  list: (query: Query, signal: AbortSignal) =>
    get<{ verifications: readonly Verification[]; next: string | null }>('/verifications', query, signal),
  read: (hospital: string, id: string, signal: AbortSignal) =>
    get<VerificationDetail>(`/verifications/${encodeURIComponent(id)}`, { hospital }, signal),
  faceChecks: (query: Query, signal: AbortSignal) =>
    get<{ faceChecks: readonly FaceCheck[]; next: string | null }>('/face-checks', query, signal),
  grants: (query: Query, signal: AbortSignal) =>
    get<{ grants: readonly Grant[]; next: string | null }>('/grants', query, signal),
  voidGrant: (hospital: string, id: string, reason: string) =>
    post<Grant>(`/grants/${encodeURIComponent(id)}/void`, { hospital, reason }),
}
