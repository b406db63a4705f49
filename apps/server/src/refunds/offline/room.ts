import { AppError } from '../../platform/errors/catalogue.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { Operators } from '../../platform/operators/operators.ts'
import type { Platform } from '../../platform/platform.ts'

/** What the applicant's side is given. */
export interface OfflineRoom extends Platform {}

/** What the operators' side is given. */
export interface OfflineConsole extends Pick<Platform, 'clock' | 'cipher' | 'database' | 'hospitals'> {
  readonly operators: Operators
}

/** The hospital that is asked for; the first one when none is. Operators see all hospitals of the installation. */
export function wantedHospital({ hospitals }: OfflineConsole, id: string | undefined): Hospital {
  const hospital = id === undefined || id === '' ? hospitals.all[0] : hospitals.find(id)
  if (!hospital) throw new AppError('not-found', { zh: '没有配置这家医院。' })
  return hospital
}
