export type CallbackState = 'waiting' | 'delivered' | 'given-up' | 'lost' | 'not-local'

export interface CallbackAttempt {
  readonly atMs: number
  readonly signature: 'genuine' | 'wrong' | 'probe'
  /** HTTP status, or why there was none. */
  readonly result: string
}

/** One event to tell the merchant. The plain text is kept: each attempt encrypts and signs it anew. */
export interface Callback {
  readonly id: string
  readonly eventType: string
  readonly originalType: string
  readonly summary: string
  readonly number: string
  readonly url: string
  readonly plain: string
  readonly createdMs: number
  state: CallbackState
  dueMs: number
  /** Failed deliveries so far; names the next pause of the schedule. */
  failures: number
  attempts: CallbackAttempt[]
  /** Signatures of the next attempts; genuine when empty. */
  nextSignatures: ('wrong' | 'probe')[]
  /** Deliveries that are still to be repeated although accepted. */
  repeats: number
  /** Goes out only after the next other callback (or at `dueMs`, should none come). */
  heldForNext: boolean
}
