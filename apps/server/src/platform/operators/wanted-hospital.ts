import { AppError } from '../errors/catalogue.ts'
import type { Hospital, Hospitals } from '../hospitals/hospitals.ts'
import type { Operator } from './accounts/account.ts'

type Sight = Pick<Operator, 'hospitals'>
interface Room {
  readonly hospitals: Pick<Hospitals, 'all' | 'find'>
}

/** The hospitals that an operator sees, in the order of the configuration. */
export function seenHospitals({ hospitals }: Room, { hospitals: seen }: Sight): readonly Hospital[] {
  return seen === undefined ? hospitals.all : hospitals.all.filter(({ id }) => seen.includes(id))
}

/** The hospital that is asked for; the first one when none is. One that this operator does not see is not there. */
export function wantedHospital(room: Room, operator: Sight, id: string | undefined): Hospital {
  const seen = seenHospitals(room, operator)
  const hospital = id === undefined || id === '' ? seen[0] : seen.find((one) => one.id === id)
  if (!hospital) throw new AppError('not-found', { zh: '没有这家医院，或您的账号看不到它。' })
  return hospital
}
