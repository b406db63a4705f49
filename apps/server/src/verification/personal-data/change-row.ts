import { sensitive } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'

/**
 * `asked` the HIS is being asked · `unknown` nobody can say, it is asked again · `parked` it was asked often enough and
 * a person has to look · `yes` and `no` are ends and never change.
 */
export type ChangeState = 'asked' | 'unknown' | 'yes' | 'no' | 'parked'

// A type, not an interface: Kysely asks for an index signature.
export type ChangeRow = {
  hospital_id: string
  /** Also the request key: the HIS acts once for it, however often it is asked. */
  id: string
  user_id: string
  patient_id: string
  patid: string
  grant_id: string
  old_values: Buffer
  new_values: Buffer
  state: ChangeState
  tries: number
  last_problem: string | null
  created_at_ms: number
  settled_at_ms: number | null
  next_action_at_ms: number | null
}
export type ChangeTables = { personal_data_change: ChangeRow }

/** The fields that change, and no others. */
export interface NewValues {
  readonly phone?: string
  readonly address?: string
}

/** The same fields as they were; null: the archive had none. */
export interface OldValues {
  readonly phone?: string | null
  readonly address?: string | null
}

export function sealOld(cipher: Cipher, values: OldValues): Buffer {
  return cipher.seal(sensitive(JSON.stringify(values)), 'personal_data_change.old_values')
}

export function sealNew(cipher: Cipher, values: NewValues): Buffer {
  return cipher.seal(sensitive(JSON.stringify(values)), 'personal_data_change.new_values')
}

export function openOld(cipher: Cipher, { old_values }: Pick<ChangeRow, 'old_values'>): OldValues {
  return JSON.parse(cipher.open(old_values, 'personal_data_change.old_values').reveal()) as OldValues
}

export function openNew(cipher: Cipher, { new_values }: Pick<ChangeRow, 'new_values'>): NewValues {
  return JSON.parse(cipher.open(new_values, 'personal_data_change.new_values').reveal()) as NewValues
}
