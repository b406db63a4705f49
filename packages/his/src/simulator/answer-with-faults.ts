import { setTimeout as delay } from 'node:timers/promises'
import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import type { HisOperation } from '../operations.ts'
import { HisError } from '../port.ts'
import type { HisFaults } from './his-faults.ts'

const DEFAULT_SLOW_MS = 10_000

/** A read, with the faults that were ordered for it. Answers copies: a caller cannot change what the HIS holds. */
export async function answerRead<T>(faults: HisFaults, operation: HisOperation, answer: () => T): Promise<T> {
  await beSlow(faults, operation)
  if (faults.take('unavailable', operation) || faults.take('reply-lost', operation))
    throw new HisError('unavailable', 'no-answer', `${operation}: the HIS does not answer`)
  if (faults.take('refused', operation))
    throw new HisError('refused', 'refused', `${operation}: the HIS refused`)
  return structuredClone(answer())
}

/**
 * A change, with the faults that were ordered for it. A slow one is carried out at once and answered late: what a
 * `status` read denies in the meantime must not happen after it.
 */
export async function answerChange<T>(
  faults: HisFaults,
  operation: HisOperation,
  carryOut: () => Outcome<T>,
): Promise<Outcome<T>> {
  const answer = answerWith(faults, operation, carryOut)
  await beSlow(faults, operation)
  return answer
}

function answerWith<T>(faults: HisFaults, operation: HisOperation, carryOut: () => Outcome<T>): Outcome<T> {
  // Not even a refused connection is `no` here: an adapter may sit behind a bus that has taken the message.
  if (faults.take('unavailable', operation)) return unknown('no-answer')
  if (faults.take('refused', operation)) return no('refused', 'the HIS refused')
  const answer = carryOut()
  if (faults.take('reply-lost', operation)) return unknown('reply-lost')
  if (faults.take('duplicate', operation)) return no('duplicate', 'the request came twice')
  return answer.kind === 'yes' ? yes(structuredClone(answer.value)) : answer
}

async function beSlow(faults: HisFaults, operation: HisOperation): Promise<void> {
  const fault = faults.take('slow', operation)
  if (fault) await delay(fault.delayMs ?? DEFAULT_SLOW_MS)
}
