import type { Clock } from '@zhangyi/core'
import type { PatientsEvents } from '../patients/index.ts'
import { voidGrants } from './grants/void-grants.ts'

/** Ends grants when the user turns to another patient, unlinks one, or withdraws consent: in that very transaction. */
export function voidOnChange(clock: Clock): PatientsEvents {
  const actor = (userId: string) => `user:${userId}`
  return {
    switched: async (tx, userId, patientId) => {
      const by = { actor: actor(userId), userId, exceptPatientId: patientId }
      await voidGrants(tx, clock, { reason: 'patient-switched', ...by })
    },
    unlinked: async (tx, userId, patientId) => {
      await voidGrants(tx, clock, { reason: 'patient-unlinked', actor: actor(userId), userId, patientId })
    },
    consentWithdrawn: async (tx, userId) => {
      await voidGrants(tx, clock, { reason: 'consent-withdrawn', actor: actor(userId), userId })
    },
  }
}
