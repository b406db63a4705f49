import { setTimeout as delay } from 'node:timers/promises'
import { no, type Outcome, sameName, to15Digits, unknown, yes } from '@zhangyi/core'
import {
  type Archive,
  type ArchiveQuery,
  type CardBinding,
  HisError,
  type HisPort,
  type NewArchive,
} from '../port.ts'
import { HisFaults } from './his-faults.ts'
import { seedArchives } from './seed-archives.ts'

const DEFAULT_SEED = 20_261_123
const DEFAULT_SLOW_MS = 10_000

interface HospitalState {
  readonly archives: Archive[]
  readonly bindings: CardBinding[]
  /** Request key → the input it came with and the answer it got. */
  readonly requests: Record<string, { readonly input: string; readonly answer: Outcome<Archive> }>
}

export interface SimulatedHospitalOptions {
  /** Keeps archives over restarts; in memory only when absent. */
  readonly store?: { load(): unknown; save(state: unknown): void }
  readonly seed?: number
}

export interface SimulatedHospital {
  readonly port: HisPort
  readonly faults: HisFaults
  /** For tests and the sandbox's pages: what the hospital holds. */
  readonly archives: readonly Archive[]
  readonly bindings: readonly CardBinding[]
}

/** An in-process HIS that holds a plausible hospital and fails as real ones do. */
export function createSimulatedHospital({
  store,
  seed = DEFAULT_SEED,
}: SimulatedHospitalOptions = {}): SimulatedHospital {
  const state = (store?.load() as HospitalState | undefined) ?? {
    archives: [...seedArchives(seed)],
    bindings: [],
    requests: {},
  }
  const save = () => store?.save(state)
  const faults = new HisFaults()

  const port: HisPort = {
    probe: () => read(faults, 'probe', () => undefined),
    archives: {
      find: (person) =>
        read(faults, 'archives.find', () => state.archives.filter((archive) => isFiledAs(archive, person))),
      create: (wanted, requestKey) =>
        change(faults, 'archives.create', () => {
          const answer = createOnce(state, wanted, requestKey)
          save()
          return answer
        }),
    },
    cards: {
      bind: (card) =>
        change(faults, 'cards.bind', () => {
          if (!state.archives.some(({ patid }) => patid === card.patid))
            return no('patid-unknown', 'no such archive')
          const known = state.bindings.some(
            (one) => one.patid === card.patid && one.healthCardId === card.healthCardId,
          )
          if (!known) state.bindings.push(card)
          save()
          return yes(undefined)
        }),
    },
  }
  return { port, faults, archives: state.archives, bindings: state.bindings }
}

// A HIS looks up by document alone: the name may be another one, and it is the caller who must compare.
function isFiledAs(archive: Archive, { idType, idNumbers }: ArchiveQuery): boolean {
  return archive.idType === idType && idNumbers.includes(archive.idNumber)
}

function createOnce(state: HospitalState, wanted: NewArchive, requestKey: string): Outcome<Archive> {
  const input = JSON.stringify(wanted)
  const before = state.requests[requestKey]
  if (before)
    return before.input === input
      ? before.answer
      : no('key-reused', 'the request key came with another input')
  const answer = createArchive(state, wanted)
  state.requests[requestKey] = { input, answer }
  return answer
}

function createArchive(state: HospitalState, wanted: NewArchive): Outcome<Archive> {
  const { name, idType, idNumber, phone } = wanted
  const forms = [idNumber, to15Digits(idNumber)]
  const same = state.archives.some(
    (archive) =>
      archive.idType === idType && forms.includes(archive.idNumber) && sameName(archive.name, name),
  )
  if (same) return no('duplicate', 'the person has an archive')
  const serial = state.archives.length + 1
  const archive: Archive = {
    patid: `P${100_000 + serial}`,
    name,
    idType,
    idNumber,
    visitCardNumber: `0000${String(serial * 7_919).padStart(8, '0')}`,
    phone,
    campus: undefined,
    lastVisitOn: undefined,
  }
  state.archives.push(archive)
  return yes(archive)
}

async function read<T>(faults: HisFaults, operation: string, answer: () => T): Promise<T> {
  await slow(faults, operation)
  if (faults.take('unavailable', operation) || faults.take('reply-lost', operation))
    throw new HisError('unavailable', 'no-answer', `${operation}: the HIS does not answer`)
  if (faults.take('refused', operation))
    throw new HisError('refused', 'refused', `${operation}: the HIS refused`)
  return structuredClone(answer())
}

async function change<T>(
  faults: HisFaults,
  operation: string,
  carryOut: () => Outcome<T>,
): Promise<Outcome<T>> {
  await slow(faults, operation)
  // Not even a refused connection is `no` here: an adapter may sit behind a bus that has taken the message.
  if (faults.take('unavailable', operation)) return unknown('no-answer')
  if (faults.take('refused', operation)) return no('refused', 'the HIS refused')
  const answer = carryOut()
  return faults.take('reply-lost', operation) ? unknown('reply-lost') : structuredClone(answer)
}

async function slow(faults: HisFaults, operation: string): Promise<void> {
  const fault = faults.take('slow', operation)
  if (fault) await delay(fault.delayMs ?? DEFAULT_SLOW_MS)
}
