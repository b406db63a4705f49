import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { DocumentKind, OfflineReason } from '../../platform/hospitals/offline-config.ts'
import type { ContentType } from './content-type.ts'
import type { Happening, State } from './offline-states.ts'

export const PAYOUT_WAYS = ['window', 'bank-transfer'] as const
export type PayoutWay = (typeof PAYOUT_WAYS)[number]

// Types, not interfaces: Kysely asks for an index signature.
export type ApplicationRow = {
  hospital_id: string
  id: string
  user_id: string
  request_key: string
  request_hash: Buffer
  reason: OfflineReason
  applicant: Buffer
  patient: Buffer
  patient_id_index: Buffer | null
  patient_card_index: Buffer | null
  note: Buffer | null
  state: State
  reviewer: string | null
  said: Buffer | null
  proposed_by: string | null
  proposed_fen: number | null
  proposed_at_ms: number | null
  decided_by: string | null
  decided_at_ms: number | null
  amount_fen: number | null
  payout_how: PayoutWay | null
  payout_voucher: string | null
  paid_out_at_ms: number | null
  uploads: number
  created_at_ms: number
  submitted_at_ms: number | null
  moved_at_ms: number
}

export type DocumentRow = {
  hospital_id: string
  id: string
  application_id: string
  kind: DocumentKind
  name: Buffer
  content_type: ContentType
  size_bytes: number
  sha256: Buffer
  content: Buffer
  added_at_ms: number
}

export type StepRow = {
  hospital_id: string
  application_id: string
  step: number
  happening: Happening
  state: State
  actor: string
  said: Buffer | null
  amount_fen: number | null
  at_ms: number
}

export type OfflineTables = {
  offline_application: ApplicationRow
  offline_document: DocumentRow
  offline_step: StepRow
}

export interface Applicant {
  readonly name: string
  readonly idNumber: string
  readonly phone: string
  readonly relation: string
}

export interface ApplicationPatient {
  readonly name: string
  readonly idNumber: string | null
  readonly cardNumber: string | null
}

export function sealApplicant(cipher: Cipher, applicant: Applicant): Buffer {
  return cipher.seal(JSON.stringify(applicant), 'offline_application.applicant')
}

export function openApplicant(cipher: Cipher, { applicant }: Pick<ApplicationRow, 'applicant'>): Applicant {
  return JSON.parse(cipher.open(applicant, 'offline_application.applicant').reveal()) as Applicant
}

export function sealPatient(cipher: Cipher, patient: ApplicationPatient): Buffer {
  return cipher.seal(JSON.stringify(patient), 'offline_application.patient')
}

export function openPatient(
  cipher: Cipher,
  { patient }: Pick<ApplicationRow, 'patient'>,
): ApplicationPatient {
  return JSON.parse(cipher.open(patient, 'offline_application.patient').reveal()) as ApplicationPatient
}

/** Null finds nobody: an application without a card number has no card in common with another. */
export function patientIndexes(
  cipher: Cipher,
  { idNumber, cardNumber }: ApplicationPatient,
): Pick<ApplicationRow, 'patient_id_index' | 'patient_card_index'> {
  return {
    patient_id_index: idNumber === null ? null : cipher.blindIndex(idNumber, 'offline.patient-id'),
    patient_card_index: cardNumber === null ? null : cipher.blindIndex(cardNumber, 'offline.patient-card'),
  }
}

/** Null where there is nothing. */
export function sealText(cipher: Cipher, text: string | null, column: 'note' | 'said'): Buffer | null {
  return text === null || text === '' ? null : cipher.seal(text, `offline_application.${column}`)
}

export function openText(cipher: Cipher, sealed: Buffer | null, column: 'note' | 'said'): string | null {
  return sealed && cipher.open(sealed, `offline_application.${column}`).reveal()
}

export function sealContent(cipher: Cipher, bytes: Buffer): Buffer {
  return cipher.seal(bytes.toString('base64'), 'offline_document.content')
}

export function openContent(cipher: Cipher, { content }: Pick<DocumentRow, 'content'>): Buffer {
  return Buffer.from(cipher.open(content, 'offline_document.content').reveal(), 'base64')
}

export function sealFileName(cipher: Cipher, name: string): Buffer {
  return cipher.seal(name, 'offline_document.name')
}

export function openFileName(cipher: Cipher, { name }: Pick<DocumentRow, 'name'>): string {
  return cipher.open(name, 'offline_document.name').reveal()
}
