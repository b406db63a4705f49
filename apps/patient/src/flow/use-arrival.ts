import { ref, shallowRef } from 'vue'
import { type ApiError, type ApiResult, localError } from '../platform/api-error.ts'
import { pollFlow, type Steps } from './poll-flow.ts'

export type ArrivalParts<V extends Steps> = {
  readonly first: (id: string) => Promise<ApiResult<V>>
  readonly get: (id: string) => Promise<ApiResult<V>>
  readonly open: (view: V) => Promise<boolean>
  readonly poll?: (first: ApiResult<V>, isLeft: () => boolean) => Promise<ApiResult<V>>
}

/** A page on which nobody has to press anything: asks, waits while the gateway is at work, and moves on. */
export function useArrival<V extends Steps>(parts: ArrivalParts<V>) {
  const problem = shallowRef<ApiError>()
  /** The gateway is still at work after half a minute. */
  const slow = ref(false)
  let left = false
  const poll = parts.poll ?? ((first, isLeft) => pollFlow(first, { get: parts.get, isLeft }))

  async function goOn(id: string): Promise<void> {
    problem.value = undefined
    slow.value = false
    if (id === '') {
      problem.value = localError('NO_FLOW')
      return
    }
    const result = await poll(await parts.first(id), () => left)
    if (left) return
    if (!result.ok) problem.value = result.error
    else if (result.data.step === 'waiting') slow.value = true
    else if (!(await parts.open(result.data))) problem.value = localError('CANNOT_OPEN')
  }

  return {
    problem,
    slow,
    goOn,
    leave: () => {
      left = true
    },
  }
}
