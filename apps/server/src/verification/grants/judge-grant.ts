import { assertNever } from '@zhangyi/core'
import type { Purpose } from '../purposes.ts'
import { type Assurance, type Grant, type GrantSubject, sameSubject } from './grant.ts'

/** What somebody wants to do. */
export interface Wanted {
  readonly userId: string
  readonly subject: GrantSubject
  readonly purpose: Purpose
  /** `change`: alters something or moves money; a fallback never allows it. */
  readonly act: 'read' | 'change'
}

export type GrantRefusal =
  | 'other-user'
  | 'other-subject'
  | 'other-purpose'
  | 'voided'
  | 'spent'
  | 'expired'
  | 'assurance'

/** The one rule of who may do what with which grant; undefined: it is allowed. */
export function judgeGrant(grant: Grant, wanted: Wanted, nowMs: number): GrantRefusal | undefined {
  if (grant.userId !== wanted.userId) return 'other-user'
  if (!sameSubject(grant.subject, wanted.subject)) return 'other-subject'
  if (grant.purpose !== wanted.purpose) return 'other-purpose'
  if (grant.voidedAtMs !== undefined) return 'voided'
  if (grant.spentOn !== undefined) return 'spent'
  if (nowMs >= grant.expiresAtMs) return 'expired'
  return suffices(grant.assurance, wanted) ? undefined : 'assurance'
}

function suffices(assurance: Assurance, { purpose, act }: Wanted): boolean {
  switch (assurance) {
    case 'fallback':
      return act === 'read' && purpose !== 'refund'
    // Money is moved after our own face check only: the platform's word opens reading and changing.
    case 'real-person':
    case 'proxy':
      return purpose !== 'refund'
    case 'trusted':
      return purpose !== 'refund' && act === 'read'
    case 'face':
      return true
    default:
      return assertNever(assurance)
  }
}
