export type FailureKind = 'platform' | 'transport' | 'unknown'

/**
 * A read that gave no answer.
 *
 * - `platform`: it answered with a `resultCode` other than 0.
 * - `transport`: surely not carried out (refused connection, unknown host, no appToken to call with).
 * - `unknown`: sent, and no usable reply (time-out, 5xx, malformed or cut).
 *
 * The message names operation and code, never a person. The platform's own words are not for patients either.
 */
export class HealthCardError extends Error {
  override readonly name = 'HealthCardError'
  readonly kind: FailureKind
  readonly operation: string
  /** The platform's resultCode as text, or what went wrong, e.g. `timeout`, `http-500`, `malformed`. */
  readonly code: string
  readonly requestId: string

  constructor(kind: FailureKind, operation: string, code: string, requestId: string) {
    super(`${operation}: ${kind} ${code} (request ${requestId})`)
    this.kind = kind
    this.operation = operation
    this.code = code
    this.requestId = requestId
  }
}
