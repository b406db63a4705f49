import type { Clock } from '@zhangyi/core'
import type { HisOperation } from '../operations.ts'
import type { HisPort } from '../port.ts'
import type { ConformanceFixtures } from './fixtures.ts'
import type { FreshPeople } from './fresh-people.ts'
import type { HeardCall } from './listen-to-port.ts'

export interface ConformanceCheck {
  /** Stable, for reports and tests: `group.what`. */
  readonly name: string
  /** What the adapter must do. */
  readonly zh: string
  /** What the gateway relies on, and what breaks for the patient otherwise. */
  readonly because: string
  /** Throws `ConformanceFailure` or `NotOffered`; any other error counts as a failure too. */
  run(bench: ConformanceBench): Promise<void>
}

/** Arranges that the next call of this operation is carried out by the HIS, but its reply never arrives; also for `….status`. */
export type LoseReply = (operation: HisOperation) => void | Promise<void>

/** Moves the clock of the HIS, and the kit's with it, so that a lock can expire without waiting. */
export type PassTime = (ms: number) => void | Promise<void>

export interface ConformanceBench {
  readonly port: HisPort
  readonly fixtures: ConformanceFixtures
  readonly people: FreshPeople
  readonly timeLimitMs: number
  /** Every call of this run so far. */
  readonly calls: readonly HeardCall[]
  /** Absent if the adapter's author has no way to lose a reply. */
  readonly loseReply: LoseReply | undefined
  /** Absent if the HIS's clock cannot be moved. */
  readonly passTime: PassTime | undefined
  readonly clock: Clock
  /** When the kit's payments are said to have become final: one moment a run, so that a repetition is the same. */
  readonly paidAt: string
  /** Every name and number of this run: none may appear in an error. */
  secrets(): readonly string[]
  newKey(): string
}

/** What was seen instead of what must be; Chinese, without personal data. */
export class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure'
}

/** The adapter, or the fixtures, do not bring what the check needs. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered'
}

export function must(condition: boolean, seen: string): asserts condition {
  if (!condition) throw new ConformanceFailure(seen)
}
