import { AppError } from '../../platform/errors/catalogue.ts'
import type { Hospitals } from '../../platform/hospitals/hospitals.ts'
import type { Operators } from '../../platform/operators/operators.ts'
import type { UsageDesk, UsageHospital } from '../room.ts'

/** What the operators' side of this room is given. */
export interface UsageConsole extends UsageDesk {
  readonly hospitals: Hospitals
  readonly operators: Operators
}

/** The hospital that is asked for; the first one when none is. Operators see all hospitals of the installation. */
export function wantedHospital({ hospitals }: UsageConsole, id: string | undefined): UsageHospital {
  const hospital = id === undefined || id === '' ? hospitals.all[0] : hospitals.find(id)
  if (!hospital) throw new AppError('not-found', { zh: '没有配置这家医院。' })
  return hospital
}
