import { assertNever, TRANSPORT } from '@zhangyi/core'
import type { Attempt } from './attempt-call.ts'
import type { Operation } from './endpoints.ts'
import { HealthCardError } from './errors.ts'

/** The value of a read, or its typed error. */
export function valueOrThrow<T>(operation: Operation, { outcome, requestId }: Attempt<T>): T {
  switch (outcome.kind) {
    case 'yes':
      return outcome.value
    case 'no': {
      const kind = outcome.code === TRANSPORT ? 'transport' : 'platform'
      throw new HealthCardError(kind, operation, outcome.code, requestId)
    }
    case 'unknown':
      throw new HealthCardError('unknown', operation, outcome.cause, requestId)
    default:
      return assertNever(outcome)
  }
}
