import { type HospitalId, hospitalId } from '@zhangyi/core'
import { RESERVED_ID } from '../../hospitals/hospitals.ts'
import type { Role } from '../access/roles.ts'

/** Under which accounts and their audit stand; no hospital may be called so. */
export const INSTALLATION: HospitalId = hospitalId(RESERVED_ID)

export type AccountState = 'waiting' | 'active' | 'disabled'

// Types, not interfaces: Kysely asks for an index signature.
export type AccountRow = {
  hospital_id: string
  id: string
  login_name: string
  display_name: string
  role: Role
  hospitals: string[] | null
  state: AccountState
  password_hash: string
  password_is_given: boolean
  password_set_at_ms: number
  password_before: string[]
  totp_secret: Buffer | null
  totp_step: number | null
  failed_tries: number
  locked_until_ms: number | null
  created_by: string
  created_at_ms: number
  approved_by: string | null
  last_sign_in_at_ms: number | null
}

/** What is still to be done before a session opens anything; `ready`: nothing. */
export type Stage = 'password' | 'enrol' | 'code' | 'ready'

export type OperatorSessionRow = {
  hospital_id: string
  token_hash: Buffer
  account_id: string
  stage: Stage
  totp_pending: Buffer | null
  /** Of the hospital's own sign-in, instead of a password. */
  by_provider: boolean
  created_at_ms: number
  seen_at_ms: number
  expires_at_ms: number
}

export type OperatorTables = {
  operator_account: AccountRow
  operator_session: OperatorSessionRow
}

/** Who asked, as far as a page needs to know. */
export interface Operator {
  /** The login name: what the audit names, and whom a second person is not. */
  readonly id: string
  readonly accountId: string
  readonly displayName: string
  readonly role: Role
  /** Undefined: all of the installation. */
  readonly hospitals: readonly string[] | undefined
}

export function operatorOf(row: AccountRow): Operator {
  return {
    ...{ id: row.login_name, accountId: row.id, displayName: row.display_name, role: row.role },
    hospitals: row.hospitals ?? undefined,
  }
}
