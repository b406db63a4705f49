import { maskName } from '@zhangyi/core'
import { HisError } from '@zhangyi/his'
import type { Cipher } from '../platform/crypto/cipher.ts'
import type { Grant } from '../verification/index.ts'
import type { OpenRecords } from './open-records.ts'
import type { RecordList } from './record-views.ts'

/** Whose records: masked, whoever looks. */
export function patientOf(cipher: Cipher, { patient }: OpenRecords): RecordList['patient'] {
  return { id: patient.id, name: maskName(cipher.open(patient.name, 'patient.name').reveal()) }
}

export function grantOf({ assurance, expiresAtMs }: Grant): RecordList['grant'] {
  return {
    // A face check of our own is a real person verified; the pages know no fifth word.
    assurance: assurance === 'face' ? 'real-person' : assurance,
    expiresAt: new Date(expiresAtMs).toISOString(),
  }
}

// Without its zone a time would be read by the clock of this machine: a report of the evening would be of the next day.
const ZONE = /T.*(Z|[+-]\d\d:\d\d)$/

/** The HIS's instant in UTC. One that is none makes the report unusable, as no reply would. */
export function instantOf(reportedAt: string): string {
  const ms = ZONE.test(reportedAt) ? Date.parse(reportedAt) : Number.NaN
  if (Number.isNaN(ms)) throw new HisError('unavailable', 'malformed', 'reports: reportedAt is no instant')
  return new Date(ms).toISOString()
}
