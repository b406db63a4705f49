import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { VerificationRoom } from '../room.ts'

/** What reading and changing personal data is given. */
export interface PersonalDataRoom extends VerificationRoom {
  readonly jobs: Pick<Jobs, 'wake'>
}

export const PERSONAL_DATA_WORK = 'verification.personal-data'
