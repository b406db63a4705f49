import type { Archive, SimulatedHospital } from '@zhangyi/his'

/** A page that shows more is not read by anybody. */
export const MAX_ARCHIVES_SHOWN = 30

/** By a part of the name or of a number; without a query the first ones, which are the known people. */
export function searchArchives(
  { archives }: Pick<SimulatedHospital, 'archives'>,
  query = '',
): readonly Archive[] {
  const wanted = query.trim().toUpperCase()
  return archives
    .filter(({ patid, name, idNumber, visitCardNumber = '', phone = '' }) =>
      [patid, name, idNumber, visitCardNumber, phone].some((text) => text.toUpperCase().includes(wanted)),
    )
    .slice(0, MAX_ARCHIVES_SHOWN)
}
