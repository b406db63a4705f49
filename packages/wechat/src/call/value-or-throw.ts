import { assertNever, TRANSPORT } from '@zhangyi/core'
import { WechatError } from '../errors.ts'
import type { Attempt } from './attempt-call.ts'

/** The value of a read, or its typed error. */
export function valueOrThrow<T>(operation: string, { outcome, errcode, rid }: Attempt<T>): T {
  switch (outcome.kind) {
    case 'yes':
      return outcome.value
    case 'no': {
      const kind = outcome.code === TRANSPORT ? 'unavailable' : 'refused'
      throw new WechatError(kind, operation, { errcode, code: outcome.code, rid })
    }
    case 'unknown':
      throw new WechatError('unavailable', operation, { errcode, code: outcome.cause, rid })
    default:
      return assertNever(outcome)
  }
}
