import { unknown } from '@zhangyi/core'
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
      })
    return within(call(), changeMs, () => unknown('timeout')).catch((error) => {
      // An adapter that throws has broken the contract, and says nothing about what happened.
      if (error instanceof HisError) return unknown(error.code)
      return unknown('adapter-error')
    })
  })
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
