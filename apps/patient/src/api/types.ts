// The gateway's API as this app uses it. Plain types, so that no schema library is loaded on a phone;
// `tests/contract/patient-api.test-d.ts` fails to compile when the server's schemas say something else.

export type IdType = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '15' | '16' | '17' | '99'
export type Relation = '本人' | '父母' | '子女' | '夫妻' | '亲属' | '朋友' | '其他'
export type GuardianRelation = '父亲' | '母亲' | '其他监护人'

export type PatientView = {
  readonly id: string
  readonly name: string
  readonly idType: string
  readonly idNumber: string
  readonly relation: string
  readonly isDefault: boolean
  readonly verified: boolean
  readonly card: 'linked' | 'offered-later' | 'none'
  readonly visitCard: string | null
}

export type HospitalView = {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly counter: string
}

export type MeView = {
  readonly hospital: HospitalView
  readonly channel: 'mini-program' | 'official-account'
  readonly consent: { readonly version: string; readonly accepted: boolean }
  readonly patients: readonly PatientView[]
  readonly maxPatients: number
  readonly guardianUnderAge: number
  readonly wechatCodePage: string | null
  readonly platformHosts: readonly string[]
  readonly developmentBridge: boolean
}

export type Intent = 'register' | 'bind-card' | 'add-patient' | 'upgrade'
export type ArchiveField = 'gender' | 'birthday' | 'nation' | 'phone' | 'address' | 'relation' | 'guardian'
export type Reason =
  | 'verify-failed'
  | 'platform-unavailable'
  | 'platform-refused'
  | 'code-refused'
  | 'code-unknown'
  | 'his-unavailable'
  | 'his-refused'
  | 'other-person'
  | 'patient-limit'
  | 'expired'
export type Way = 'retry' | 'resume' | 'visit-card' | 'family' | 'patients' | 'counter' | 'phone'

export type ArchiveChoice = {
  readonly key: string
  readonly visitCard: string | null
  readonly lastVisitOn: string | null
  readonly campus: string | null
}
export type KnownField = { readonly field: ArchiveField; readonly value: string }

type FlowCommon = { readonly id: string; readonly intent: Intent; readonly expiresAt: string }
type MaskedPerson = { readonly name: string; readonly idNumber: string; readonly isSelf: boolean }

/** Where an enrolment stands; `step` names the page that goes on. */
export type FlowView =
  | (FlowCommon & { readonly step: 'open-platform'; readonly url: string })
  | (FlowCommon & { readonly step: 'form' })
  | (FlowCommon & { readonly step: 'waiting' })
  | (FlowCommon &
      MaskedPerson & { readonly step: 'choose-archive'; readonly archives: readonly ArchiveChoice[] })
  | (FlowCommon &
      MaskedPerson & {
        readonly step: 'complete-archive'
        readonly known: readonly KnownField[]
        readonly missing: readonly ArchiveField[]
      })
  | (FlowCommon & { readonly step: 'done'; readonly patient: PatientView; readonly cardPending: boolean })
  | (FlowCommon & {
      readonly step: 'ways-on'
      readonly reason: Reason
      readonly ways: readonly Way[]
      readonly traceId: string
    })

export type FlowStep = FlowView['step']
export type FlowAt<S extends FlowStep> = Extract<FlowView, { readonly step: S }>

export type StartInput = {
  readonly intent: Intent
  readonly wechatCode: string
  readonly patientId?: string | undefined
}
export type GuardianInput = {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly phone: string
  readonly relation: GuardianRelation
}
export type PersonInput = {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly gender?: string | undefined
  readonly birthday?: string | undefined
  readonly nation?: string | undefined
  readonly phone: string
  readonly address?: string | undefined
  readonly relation: Relation
  readonly guardian?: GuardianInput | undefined
}
export type FormInput = PersonInput & { readonly authCode: string }
export type CompleteInput = {
  readonly gender?: string | undefined
  readonly birthday?: string | undefined
  readonly nation?: string | undefined
  readonly phone?: string | undefined
  readonly address?: string | undefined
  readonly relation?: Relation | undefined
  readonly guardian?: GuardianInput | undefined
}

export type MiniProgramSession = { readonly token: string; readonly expiresAt: string }
