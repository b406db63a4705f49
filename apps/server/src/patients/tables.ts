import type { Gender, IdType } from '@zhangyi/core'

export type CardState = 'linked' | 'offered-later' | 'none'

export type PatientRow = {
  hospital_id: string
  id: string
  user_id: string
  person_index: Buffer
  name: Buffer
  id_type: IdType
  id_number: Buffer
  gender: Gender
  birthday: Buffer
  phone: Buffer | null
  relation: string
  is_default: boolean
  verified: boolean
  patid: string
  visit_card: Buffer | null
  card_state: CardState
  health_card_id: string | null
  qr_code_text: Buffer | null
  created_at_ms: number
  unlinked_at_ms: number | null
  name_index: Buffer | null
  phone_index: Buffer | null
  visit_card_index: Buffer | null
}

export type PatientsTables = {
  patient: PatientRow
  consent: {
    hospital_id: string
    user_id: string
    version: string
    accepted_at_ms: number
    withdrawn_at_ms: number | null
  }
  unconfirmed_archive: {
    hospital_id: string
    patid: string
    created_at_ms: number
    needs_operator: boolean
    refused_at_ms: number | null
    refused_by: string | null
  }
  unconfirmed_person: {
    hospital_id: string
    person_index: Buffer
    request_key: string
    created_at_ms: number
  }
  /** Owned by the platform; locked here so that two links of one user count the limit one after the other. */
  app_user: { hospital_id: string; id: string }
}
