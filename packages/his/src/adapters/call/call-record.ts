import type { Sensitive } from '@zhangyi/core'
import type { HisOperation } from '../../operations.ts'

/** One call for the call log; nothing in it names a person, unless what is `Sensitive` is revealed. */
export interface HisCallRecord {
  readonly operation: HisOperation
  readonly requestKey: string | undefined
  readonly startedAtMs: number
  readonly durationMs: number
  readonly outcome: 'yes' | 'no' | 'unknown'
  /** `ok`, the refusal's code, or why nobody can say. */
  readonly code: string
  /** The HIS's own code and words, if it said any: what a new rule of a mapping is written from. */
  readonly hisCode: string | undefined
  readonly message: Sensitive | undefined
  /** What was asked and what came back, for disputes: to be stored encrypted or not at all. */
  readonly question: Sensitive<Readonly<Record<string, unknown>>>
  /** Each reply that could be read, as a tree. */
  readonly replies: Sensitive<readonly unknown[]>
}

/** Told of every call, after it. What it throws is swallowed: a log never changes an outcome. */
export type OnHisCall = (record: HisCallRecord) => void
