import type { Clock } from '@zhangyi/core'

/**
 * Background work of a room. Each unfinished row carries its `next_action_at_ms`; a wake-up only means "look now".
 * A simulation calls `runDue` itself with its own clock.
 */
export interface DueWork {
  /** `<room>.<what>`, also the name of the queue. */
  readonly name: string
  /** How often to look even if nobody woke it, so that a lost wake-up costs only this long. */
  readonly everyMinutes: number
  /** How many wake-ups one process works at once; one unless told. */
  readonly atOnce?: number
  /** Does at most `limit` pieces of due work and returns how many it did. May run twice at once. */
  runDue(clock: Clock, limit: number): Promise<number>
}
