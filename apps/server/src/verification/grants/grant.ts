import { assertNever } from '@zhangyi/core'
import type { Purpose } from '../purposes.ts'

/**
 * How sure we are. `real-person` the platform verified the patient · `proxy` it verified family or a guardian ·
 * `face` our own face check · `trusted` the platform opened no page and the hospital trusts that · `fallback` digits
 * and a code only.
 */
export type Assurance = 'real-person' | 'proxy' | 'face' | 'trusted' | 'fallback'

export type VoidReason = 'patient-switched' | 'patient-unlinked' | 'consent-withdrawn' | 'operator'

/** Whom it is about: a linked patient, or a person whom nobody has linked yet (`facePersonIndex`: name
 * and number). */
export type GrantSubject =
  | { readonly kind: 'patient'; readonly patientId: string }
  | { readonly kind: 'person'; readonly personIndex: Buffer }

export interface Grant {
  readonly id: string
  readonly userId: string
  readonly subject: GrantSubject
  readonly purpose: Purpose
  readonly assurance: Assurance
  readonly expiresAtMs: number
  readonly voidedAtMs: number | undefined
  readonly spentOn: string | undefined
}

// A type, not an interface: Kysely asks for an index signature.
export type GrantRow = {
  hospital_id: string
  id: string
  user_id: string
  patient_id: string | null
  person_index: Buffer | null
  purpose: Purpose
  assurance: Assurance
  source: string
  proxy: Buffer | null
  proxy_expires_at_ms: number | null
  created_at_ms: number
  expires_at_ms: number
  voided_at_ms: number | null
  void_reason: VoidReason | null
  spent_at_ms: number | null
  spent_on: string | null
}
export type GrantTables = { verification_grant: GrantRow }

export function grantOf(row: GrantRow): Grant {
  return {
    id: row.id,
    userId: row.user_id,
    subject: subjectOf(row),
    purpose: row.purpose,
    assurance: row.assurance,
    expiresAtMs: row.expires_at_ms,
    voidedAtMs: row.voided_at_ms ?? undefined,
    spentOn: row.spent_on ?? undefined,
  }
}

function subjectOf(row: GrantRow): GrantSubject {
  if (row.patient_id !== null) return { kind: 'patient', patientId: row.patient_id }
  if (row.person_index !== null) return { kind: 'person', personIndex: row.person_index }
  throw new Error(`grant ${row.id} is about nobody`)
}

export function sameSubject(one: GrantSubject, other: GrantSubject): boolean {
  switch (one.kind) {
    case 'patient':
      return other.kind === 'patient' && one.patientId === other.patientId
    case 'person':
      return other.kind === 'person' && one.personIndex.equals(other.personIndex)
    default:
      return assertNever(one)
  }
}
