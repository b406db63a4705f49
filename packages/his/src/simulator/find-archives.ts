import type { Archive, ArchiveQuery } from '../port.ts'
import type { HospitalState } from './hospital-state.ts'

// A HIS looks up by document alone: the name may be another one, and it is the caller who must compare.
export function findArchives(
  { archives }: HospitalState,
  { idType, idNumbers }: ArchiveQuery,
): readonly Archive[] {
  return archives.filter((archive) => archive.idType === idType && idNumbers.includes(archive.idNumber))
}
