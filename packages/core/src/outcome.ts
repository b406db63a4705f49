/**
 * What is known about an outside call that changes something.
 *
 * - `yes`: the other side confirmed it.
 * - `no`: the other side confirmed that it did not happen. Only this permits an alternative.
 * - `unknown`: nobody can say (time-out, lost reply, 5xx, malformed or unverifiable reply). Only a later
 *   *query* may turn it into `yes` or `no`; a time-out, an HTTP status or a bad signature never does.
 */
export type Outcome<T> = Yes<T> | No | Unknown

export interface Yes<T> {
  readonly kind: 'yes'
  readonly value: T
}

export interface No {
  readonly kind: 'no'
  /** The other side's own code, for the call log and for decisions. Never shown to a patient. */
  readonly code: string
  /** The other side's own words. Never shown to a patient. */
  readonly reason: string
}

export interface Unknown {
  readonly kind: 'unknown'
  /** Why nobody can say, for the call log. Carries no personal data. */
  readonly cause: string
}

export function yes<T>(value: T): Yes<T> {
  return { kind: 'yes', value }
}

export function no(code: string, reason: string): No {
  return { kind: 'no', code, reason }
}

export function unknown(cause: string): Unknown {
  return { kind: 'unknown', cause }
}

/** Proves to the compiler that a `switch` handled every case; throws if data lied about its type. */
export function assertNever(value: never, what = 'case'): never {
  throw new Error(`unhandled ${what}: ${String((value as { kind?: string })?.kind ?? value)}`)
}
