import type { Gender, IdType } from '@zhangyi/core'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Reason } from './flow-view.ts'
import type { GuardianInput } from './inputs.ts'

export type FlowState =
  | 'starting'
  | 'on-platform'
  | 'form'
  | 'submitting'
  | 'exchanging'
  | 'archiving'
  | 'choose-archive'
  | 'complete-archive'
  | 'creating-archive'
  | 'done'
  | 'ways-on'

export type Intent = 'register' | 'bind-card' | 'add-patient' | 'upgrade'

export type FlowRow = {
  hospital_id: string
  id: string
  user_id: string
  intent: Intent
  upgrade_patient_id: string | null
  state: FlowState
  reason: Reason | null
  trace_id: string | null
  platform_url: Buffer | null
  person: Buffer | null
  archives: Buffer | null
  relation: string | null
  patient_id: string | null
  created_at_ms: number
  changed_at_ms: number
  expires_at_ms: number
}

export type CodeKind = 'health-code' | 'auth-code' | 'reg-info-code'

/** One step of a flow as it was taken. */
export type StepRow = {
  hospital_id: string
  flow_id: string
  state: FlowState
  reason: Reason | null
  code: string | null
  trace_id: string
  at_ms: number
}

export type EnrolmentTables = {
  enrolment_flow: FlowRow
  enrolment_code: {
    hospital_id: string
    code_index: Buffer
    kind: CodeKind
    flow_id: string
    outcome: 'yes' | 'no' | 'unknown' | null
    created_at_ms: number
  }
  enrolment_step: StepRow
  card_binding: {
    hospital_id: string
    patient_id: string
    patid: string
    health_card_id: string
    qr_code_text: Buffer
    state: 'due' | 'done' | 'parked'
    attempts: number
    last_problem: string | null
    next_action_at_ms: number | null
  }
}

/** The person of a flow, as the platform or the form gave it. Lives sealed in the flow's row. */
export interface FlowPerson {
  readonly source: 'form' | 'card' | 'reg-info' | 'visit-card'
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly gender: Gender | undefined
  readonly birthday: string | undefined
  readonly nation: string | undefined
  readonly phone: string | undefined
  readonly address: string | undefined
  readonly isSelf: boolean
  readonly verified: boolean
  readonly guardian: GuardianInput | undefined
  readonly card: { readonly healthCardId: string | undefined; readonly qrCodeText: string } | undefined
}

/** An archive to choose from. `key` is the flow's own, so that no HIS id is handed out. */
export interface FlowArchive {
  readonly key: string
  readonly patid: string
  readonly visitCardNumber: string | undefined
  readonly lastVisitOn: string | undefined
  readonly campus: string | undefined
}

export function sealPerson(cipher: Cipher, person: FlowPerson): Buffer {
  return cipher.seal(JSON.stringify(person), 'enrolment_flow.person')
}

/** Throws if the flow holds no person: the caller's state check has promised one. */
export function openPerson(cipher: Cipher, flow: FlowRow): FlowPerson {
  if (!flow.person) throw new Error(`flow ${flow.id} in state ${flow.state} holds no person`)
  return JSON.parse(cipher.open(flow.person, 'enrolment_flow.person').reveal()) as FlowPerson
}

export function sealArchives(cipher: Cipher, archives: readonly FlowArchive[]): Buffer {
  return cipher.seal(JSON.stringify(archives), 'enrolment_flow.archives')
}

export function openArchives(cipher: Cipher, flow: FlowRow): readonly FlowArchive[] {
  if (!flow.archives) throw new Error(`flow ${flow.id} in state ${flow.state} holds no archives`)
  return JSON.parse(cipher.open(flow.archives, 'enrolment_flow.archives').reveal()) as readonly FlowArchive[]
}
