import type { Archive, CardBinding, NewArchive } from '../port.ts'
import type { RequestBook } from './answer-once.ts'
import { seedArchives } from './seed-archives.ts'

/** What the gateway asked to be filed, as it came: guardian, verification and address are not in an `Archive`. */
export interface ArchiveFiling {
  readonly patid: string
  readonly filedAtMs: number
  readonly filed: NewArchive
}

export interface HospitalState {
  readonly archives: Archive[]
  readonly bindings: CardBinding[]
  readonly filings: ArchiveFiling[]
  readonly requests: RequestBook
}

/** Where the hospital is kept over restarts; a file store of the sandbox fits. */
export interface HospitalStore {
  load(): unknown
  save(state: unknown): void
}

export function loadState(store: HospitalStore | undefined, seed: number): HospitalState {
  const kept = store?.load() as Partial<HospitalState> | undefined
  return {
    archives: kept?.archives ?? [...seedArchives(seed)],
    bindings: kept?.bindings ?? [],
    // A store of an earlier version has none.
    filings: kept?.filings ?? [],
    requests: kept?.requests ?? {},
  }
}
