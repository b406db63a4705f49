import { no, type Outcome, yes } from '@zhangyi/core'
import type { Archive, ArchiveChange } from '../port.ts'
import type { HospitalState } from './hospital-state.ts'

/** Puts phone and address of an archive anew and answers it as it is then; what is left out stays. */
export function updateArchive(state: HospitalState, change: ArchiveChange): Outcome<Archive> {
  const { patid, phone, address } = change
  const archive = changeArchive(state, patid, {
    ...(phone !== undefined && { phone }),
    ...(address !== undefined && { address }),
  })
  return archive ? yes(archive) : no('not-found', 'no such archive')
}

/** The archive with some fields changed, in its old place; `undefined` if there is none. */
export function changeArchive(
  { archives }: HospitalState,
  patid: string,
  changes: Partial<Archive>,
): Archive | undefined {
  const index = archives.findIndex((one) => one.patid === patid)
  const before = archives[index]
  if (before === undefined) return undefined
  const after: Archive = { ...before, ...changes }
  archives[index] = after
  return after
}

/**
 * Somebody at the counter asked for the phone and saw it answer: from now on the hospital keeps it. Answers
 * `undefined` if there is no such archive or nobody ever gave a phone for it.
 */
export function confirmPhone(state: HospitalState, patid: string): Archive | undefined {
  const archive = state.archives.find((one) => one.patid === patid)
  if (archive?.phone !== undefined) return archive
  const phone = unconfirmedPhoneOf(state, patid)
  return phone === undefined ? undefined : changeArchive(state, patid, { phone })
}

/** The phone that came with an archive whose person nobody verified; `undefined` once there is a confirmed one. */
export function unconfirmedPhoneOf({ archives, filings }: HospitalState, patid: string): string | undefined {
  if (archives.find((one) => one.patid === patid)?.phone !== undefined) return undefined
  return filings.find((one) => one.patid === patid)?.filed.phone
}
