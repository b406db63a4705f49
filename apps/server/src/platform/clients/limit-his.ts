import { type Outcome, unknown } from '@zhangyi/core'
import { HisError, type HisPort, wrapPort } from '@zhangyi/his'

export interface HisLimits {
  readonly readMs: number
  readonly changeMs: number
}

/**
 * A HIS that answers within a limit, whatever the adapter does: a patient is waiting. A read that takes longer is
 * unavailable; a change that takes longer is unknown, because it may still be carried out.
 */
export function limitHis(port: HisPort, { readMs, changeMs }: HisLimits): HisPort {
  return wrapPort(port, (operation, kind, call) => {
    if (kind === 'read')
      return within(call(), readMs, () => {
        throw new HisError('unavailable', 'timeout', `${operation}: no answer within ${readMs} ms`)
      }).catch((error: unknown) => {
        // What else a hospital's module throws may quote the question, and would reach the log.
        throw (
          hisErrorOf(error) ??
          new HisError('unavailable', 'adapter-error', `${operation}: the adapter failed`)
        )
      })
    return within(call(), changeMs, () => unknown('timeout')).then(
      // No statement at all is no "no", either.
      (answer) => (isOutcome(answer) ? answer : unknown('adapter-error')),
      // An adapter that throws has broken the contract, and says nothing about what happened.
      (error: unknown) => unknown(hisErrorOf(error)?.code ?? 'adapter-error'),
    )
  })
}

/** A module may bring its own copy of the class. */
function hisErrorOf(error: unknown): HisError | undefined {
  if (error instanceof HisError) return error
  if (!(error instanceof Error) || error.name !== 'HisError') return undefined
  const { kind, code, message } = error as HisError
  const isKind = kind === 'unavailable' || kind === 'refused'
  return isKind && typeof code === 'string' ? new HisError(kind, code, message) : undefined
}

function isOutcome(answer: unknown): answer is Outcome<unknown> {
  const { kind, code, cause } = (answer ?? {}) as Partial<Record<string, unknown>>
  if (kind === 'no') return typeof code === 'string' && code !== ''
  return kind === 'yes' || (kind === 'unknown' && typeof cause === 'string')
}

async function within<T>(answer: Promise<T>, timeoutMs: number, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, 'late')
  })
  try {
    const first = await Promise.race([answer.then((value) => ({ value })), limit])
    return first === 'late' ? late() : first.value
  } finally {
    clearTimeout(timer)
  }
}
