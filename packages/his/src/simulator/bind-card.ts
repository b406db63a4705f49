import { no, type Outcome, yes } from '@zhangyi/core'
import type { CardBinding } from '../port.ts'
import type { HospitalState } from './hospital-state.ts'

/** Files a health card with an archive; again is harmless. */
export function bindCard({ archives, bindings }: HospitalState, card: CardBinding): Outcome<void> {
  if (!archives.some(({ patid }) => patid === card.patid)) return no('patid-unknown', 'no such archive')
  const known = bindings.some((one) => one.patid === card.patid && one.healthCardId === card.healthCardId)
  if (!known) bindings.push({ ...card })
  return yes(undefined)
}
