import type { ApiResult } from '../platform/api-error.ts'

const EVERY_MS = 1000
const MOST_POLLS = 30

/** What can be waited for: an enrolment, a verification. */
export type Steps = { readonly id: string; readonly step: string }

/**
 * Waits while the gateway is at work. After half a minute the last answer is given back, still `waiting`: the
 * page then says so instead of turning for ever.
 */
export async function pollFlow<V extends Steps>(
  first: ApiResult<V>,
  parts: {
    readonly get: (id: string) => Promise<ApiResult<V>>
    readonly wait?: (ms: number) => Promise<void>
    readonly isLeft?: () => boolean
  },
): Promise<ApiResult<V>> {
  const wait = parts.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  let result = first
  for (let polls = 0; polls < MOST_POLLS; polls++) {
    if (!result.ok || result.data.step !== 'waiting' || parts.isLeft?.()) return result
    const { id } = result.data
    await wait(EVERY_MS)
    const next = await parts.get(id)
    // One poll that got lost is no reason for an error page while the work goes on.
    if (next.ok || next.error.happened === 'no') result = next
  }
  return result
}
