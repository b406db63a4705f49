import {
  ageAt,
  checkCharacter,
  type IdType,
  no,
  type Outcome,
  sameName,
  to15Digits,
  yes,
} from '@zhangyi/core'
import type { Archive, NewArchive } from '../port.ts'
import type { HospitalState } from './hospital-state.ts'

const FIRST_PATID = 100_000

export interface FilingRules {
  readonly nowMs: number
  readonly guardianUnderAge: number
}

/** Files a person whom the hospital does not have yet. The same number under another name is another person. */
export function fileArchive(
  state: HospitalState,
  wanted: NewArchive,
  { nowMs, guardianUnderAge }: FilingRules,
): Outcome<Archive> {
  const { name, idType, idNumber, phone, address, birthday, guardian, verified } = wanted
  const forms = formsOf(idType, idNumber)
  const same = state.archives.some(
    (archive) =>
      archive.idType === idType && forms.includes(archive.idNumber) && sameName(archive.name, name),
  )
  if (same) return no('duplicate', 'the person has an archive')
  if (ageAt(birthday, nowMs) < guardianUnderAge && !guardian)
    return no('guardian-required', `a child below ${guardianUnderAge} needs a guardian`)
  const serial = state.archives.length + 1
  const archive: Archive = {
    patid: patidOf(serial),
    name,
    idType,
    idNumber,
    visitCardNumber: visitCardNumberOf(serial),
    // Anybody may have typed it in: codes may go there only after the counter confirmed it (`confirmPhone`).
    phone: verified ? phone : undefined,
    address,
    campus: undefined,
    lastVisitOn: undefined,
  }
  state.archives.push(archive)
  state.filings.push({ patid: archive.patid, filedAtMs: nowMs, filed: structuredClone(wanted) })
  return yes(archive)
}

export function patidOf(serial: number): string {
  return `P${FIRST_PATID + serial}`
}

// A prime factor, so that neighbouring archives do not have neighbouring card numbers.
export function visitCardNumberOf(serial: number): string {
  return `0000${String(serial * 7_919).padStart(8, '0')}`
}

/** Every form under which a document may be filed: 18 and 15 digits of a resident ID. */
export function formsOf(idType: IdType, idNumber: string): readonly string[] {
  if (idType !== '01') return [idNumber]
  if (idNumber.length === 15) {
    const first17 = `${idNumber.slice(0, 6)}19${idNumber.slice(6)}`
    return [first17 + checkCharacter(first17), idNumber]
  }
  const short = to15Digits(idNumber)
  return short === undefined ? [idNumber] : [idNumber, short]
}
