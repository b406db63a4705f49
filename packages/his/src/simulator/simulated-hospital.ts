import { type Clock, no, sameName, systemClock, yes } from '@zhangyi/core'
import type { Archive, ArchiveQuery, CardBinding, HisPort } from '../port.ts'
import { answerOnce } from './answer-once.ts'
import { answerChange, answerRead } from './answer-with-faults.ts'
import type { ArchivedPerson } from './archived-person.ts'
import { fileArchive, formsOf } from './file-archive.ts'
import { HisFaults } from './his-faults.ts'
import { type ArchiveFiling, type HospitalState, type HospitalStore, loadState } from './hospital-state.ts'

const DEFAULT_SEED = 20_261_123
const DEFAULT_GUARDIAN_UNDER_AGE = 14

export interface SimulatedHospitalOptions {
  /** Tells a child's age and when an archive was filed. */
  readonly clock?: Clock
  /** Keeps archives over restarts; in memory only when absent. */
  readonly store?: HospitalStore
  readonly seed?: number
  /** Below this age an archive is refused without a guardian. */
  readonly guardianUnderAge?: number
}

export interface SimulatedHospital {
  readonly port: HisPort
  readonly faults: HisFaults
  /** For tests and the sandbox's pages: what the hospital holds. Not through the port, so no fault hits it. */
  readonly archives: readonly Archive[]
  readonly bindings: readonly CardBinding[]
  readonly filings: readonly ArchiveFiling[]
  /** The archives of one person, by every form of the number and under that name. */
  archivesOf(person: Pick<ArchivedPerson, 'name' | 'idType' | 'idNumber'>): readonly Archive[]
}

/** An in-process HIS that holds a plausible hospital and fails as real ones do. */
export function createSimulatedHospital({
  clock = systemClock,
  store,
  seed = DEFAULT_SEED,
  guardianUnderAge = DEFAULT_GUARDIAN_UNDER_AGE,
}: SimulatedHospitalOptions = {}): SimulatedHospital {
  const state = loadState(store, seed)
  const faults = new HisFaults()
  const kept = <T>(answer: T): T => {
    store?.save(state)
    return answer
  }

  const port: HisPort = {
    probe: () => answerRead(faults, 'probe', () => undefined),
    archives: {
      find: (person) => answerRead(faults, 'archives.find', () => findArchives(state, person)),
      create: (wanted, requestKey) =>
        answerChange(faults, 'archives.create', () =>
          kept(
            answerOnce(state.requests, 'archives.create', requestKey, wanted, () =>
              fileArchive(state, wanted, { nowMs: clock.nowMs(), guardianUnderAge }),
            ),
          ),
        ),
    },
    cards: {
      bind: (card, requestKey) =>
        answerChange(faults, 'cards.bind', () =>
          kept(answerOnce(state.requests, 'cards.bind', requestKey, card, () => bindCard(state, card))),
        ),
    },
  }
  const { archives, bindings, filings } = state
  return {
    port,
    faults,
    archives,
    bindings,
    filings,
    archivesOf: ({ name, idType, idNumber }) =>
      findArchives(state, { name, idType, idNumbers: formsOf(idType, idNumber) }).filter((archive) =>
        sameName(archive.name, name),
      ),
  }
}

// A HIS looks up by document alone: the name may be another one, and it is the caller who must compare.
function findArchives({ archives }: HospitalState, { idType, idNumbers }: ArchiveQuery): readonly Archive[] {
  return archives.filter((archive) => archive.idType === idType && idNumbers.includes(archive.idNumber))
}

function bindCard({ archives, bindings }: HospitalState, card: CardBinding) {
  if (!archives.some(({ patid }) => patid === card.patid)) return no('patid-unknown', 'no such archive')
  const known = bindings.some((one) => one.patid === card.patid && one.healthCardId === card.healthCardId)
  if (!known) bindings.push({ ...card })
  return yes(undefined)
}
