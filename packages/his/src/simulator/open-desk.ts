import type { Clock, Outcome } from '@zhangyi/core'
import type { ChangeOperation, ReadOperation } from '../operations.ts'
import { answerOnce } from './answer-once.ts'
import { answerChange, answerRead } from './answer-with-faults.ts'
import type { HisFaults } from './his-faults.ts'
import type { HospitalState, HospitalStore } from './hospital-state.ts'

/** How every call comes into the hospital: with the faults ordered for it, once per key, and kept. */
export interface Desk {
  readonly state: HospitalState
  readonly clock: Clock
  readonly seed: number
  read<T>(operation: ReadOperation, answer: () => T): Promise<T>
  change<T>(
    operation: ChangeOperation,
    requestKey: string,
    input: object,
    carryOut: () => Outcome<T>,
  ): Promise<Outcome<T>>
  /** A change that comes from inside the hospital: no fault, no key. Answers a copy. */
  inside<T>(change: () => T): T
}

export interface DeskParts {
  readonly state: HospitalState
  readonly clock: Clock
  readonly seed: number
  readonly faults: HisFaults
  readonly store: HospitalStore | undefined
}

export function openDesk({ state, clock, seed, faults, store }: DeskParts): Desk {
  const kept = <T>(answer: T): T => {
    store?.save(state)
    return answer
  }
  return {
    state,
    clock,
    seed,
    read: (operation, answer) => answerRead(faults, operation, answer),
    change: (operation, requestKey, input, carryOut) =>
      answerChange(faults, operation, () =>
        kept(answerOnce(state.requests, operation, requestKey, input, carryOut)),
      ),
    inside: (change) => structuredClone(kept(change())),
  }
}
