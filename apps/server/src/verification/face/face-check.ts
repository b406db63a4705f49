import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Purpose } from '../purposes.ts'
import type { VerificationRoom } from '../room.ts'
import type { NationalIdentity } from './ncidas/national-identity.ts'

/** What a face check opens a grant for; the platform's own order is none of these, it gets a verify order. */
export type GrantedFacePurpose = Extract<Purpose, 'refund'>
export type FacePurpose = 'platform-order' | GrantedFacePurpose

/** What the operations of the face checks are given. */
export interface FaceRoom extends VerificationRoom {
  /** 国家网络身份认证; undefined where the hospital has no adapter for it. */
  nationalIdentity(hospital: Hospital): NationalIdentity | undefined
}

/**
 * - `starting` the intent stands, WeChat is being asked · `unstarted` it opened nothing: an end
 * - `started` the patient is at the dialogue · `querying` a process is asking for the result
 * - `verified` passed, and the platform is still to be told · `reporting` a process is telling it · `unknown` told, and
 *   nobody knows whether it heard
 * - `passed` · `failed`: ends
 */
export type FaceCheckState =
  | 'starting'
  | 'unstarted'
  | 'started'
  | 'querying'
  | 'verified'
  | 'reporting'
  | 'unknown'
  | 'passed'
  | 'failed'

// A type, not an interface: Kysely asks for an index signature.
export type FaceCheckRow = {
  hospital_id: string
  id: string
  user_id: string
  purpose: FacePurpose
  method: 'face' | 'ncidas'
  person: Buffer
  person_index: Buffer
  appid: string
  openid: string
  out_seq_no: string
  verify_id: Buffer | null
  state: FaceCheckState
  result_code: number | null
  counts_as_attempt: boolean
  claimed_at_ms: number | null
  grant_id: string | null
  order_index: Buffer | null
  order_id: Buffer | null
  verify_type: number | null
  code_index: Buffer | null
  verify_order_id: Buffer | null
  parameters: Buffer | null
  ext_info: Buffer | null
  created_at_ms: number
  expires_at_ms: number
}
export type FaceTables = { face_check: FaceCheckRow }
