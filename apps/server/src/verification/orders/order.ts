import type { PlatformPurpose } from '../purposes.ts'
import type { Reason } from '../verification-view.ts'

export type OrderState = 'starting' | 'on-platform' | 'checking' | 'granted' | 'ways-on'

// Types, not interfaces: Kysely asks for an index signature.
export type OrderRow = {
  hospital_id: string
  id: string
  user_id: string
  patient_id: string
  purpose: PlatformPurpose
  state: OrderState
  reason: Reason | null
  trace_id: string | null
  verify_url: Buffer | null
  verify_order_id: Buffer | null
  register_order_id: Buffer | null
  verify_type: number | null
  protect_state: number | null
  grant_id: string | null
  created_at_ms: number
  changed_at_ms: number
  expires_at_ms: number
}

export type VerificationTables = {
  verification: OrderRow
  verification_result: {
    hospital_id: string
    result_index: Buffer
    verification_id: string
    created_at_ms: number
  }
  verification_attempt: {
    hospital_id: string
    verification_id: string
    patient_id: string
    purpose: PlatformPurpose
    appid: string
    openid: string
    passed: boolean
    at_ms: number
  }
  verification_code: {
    hospital_id: string
    id: string
    verification_id: string
    patient_id: string
    person_index: Buffer | null
    code_index: Buffer
    outcome: 'yes' | 'no' | 'unknown' | null
    tries: number
    used: boolean
    created_at_ms: number
    expires_at_ms: number
  }
}
