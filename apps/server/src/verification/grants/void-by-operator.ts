import type { Clock, HospitalId } from '@zhangyi/core'
import { patientHolder } from '../../patients/index.ts'
import type { Database } from '../../platform/database/database.ts'
import { voidGrants } from './void-grants.ts'

export interface OperatorVoiding {
  /** Who does it, for the audit; the hospital's own number of the person. */
  readonly operator: string
  /** One patient's grants, or all of a user's. */
  readonly of: { readonly patientId: string } | { readonly userId: string }
}

/** An operator ends live grants at once; returns how many it ended, or undefined for a patient that is not there. */
export function voidByOperator(
  database: Database,
  clock: Clock,
  hospital: HospitalId,
  { operator, of }: OperatorVoiding,
): Promise<number | undefined> {
  return database.inTransaction(hospital, async (tx) => {
    const by = { reason: 'operator', actor: `operator:${operator}` } as const
    if ('userId' in of) return voidGrants(tx, clock, { ...by, userId: of.userId })
    const userId = await patientHolder(tx, of.patientId)
    return userId === undefined
      ? undefined
      : voidGrants(tx, clock, { ...by, userId, patientId: of.patientId })
  })
}
