import { AppError } from '../errors/catalogue.ts'
import type { Hospital, Hospitals } from '../hospitals/hospitals.ts'

/** The hospital that is asked for; the first one when none is. Operators see all hospitals of the installation. */
export function wantedHospital(
  { hospitals }: { readonly hospitals: Pick<Hospitals, 'all' | 'find'> },
  id: string | undefined,
): Hospital {
  const hospital = id === undefined || id === '' ? hospitals.all[0] : hospitals.find(id)
  if (!hospital) throw new AppError('not-found', { zh: '没有配置这家医院。' })
  return hospital
}
