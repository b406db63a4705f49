import { ref, shallowRef } from 'vue'
import { type ApiError, type ApiResult, localError } from '../platform/api-error.ts'
import type { Steps } from './poll-flow.ts'

export type At<V extends Steps, S extends V['step']> = Extract<V, { readonly step: S }>

export type StepPageParts<V extends Steps> = {
  readonly get: (id: string) => Promise<ApiResult<V>>
  readonly open: (view: V) => Promise<boolean>
}

function isAt<V extends Steps, S extends V['step']>(view: V, steps: readonly S[]): view is At<V, S> {
  return steps.some((step) => step === view.step)
}

/**
 * A page that belongs to certain steps of an enrolment or a verification: loads it, and moves on as soon as it
 * is elsewhere. `askAgain`: refusals after which the state tells more than the error (a button pressed twice, a
 * page from yesterday).
 */
export function useStepPage<V extends Steps, S extends V['step']>(
  steps: readonly S[],
  parts: StepPageParts<V> & {
    readonly takeHanded: (id: string) => V | undefined
    readonly askAgain: readonly string[]
  },
) {
  const view = shallowRef<At<V, S>>()
  /** Why the page cannot be shown; what goes wrong on sending is the form's matter. */
  const problem = shallowRef<ApiError>()
  const busy = ref(false)
  const flow = ref('')

  async function load(id = flow.value): Promise<void> {
    flow.value = id
    problem.value = undefined
    const handed = parts.takeHanded(id)
    const result: ApiResult<V> = handed ? { ok: true, data: handed } : await parts.get(id)
    if (!result.ok) problem.value = result.error
    else await take(result.data)
  }

  /** Looks where it stands now, without disturbing the page when nobody answers. */
  async function refresh(): Promise<void> {
    const now = await parts.get(flow.value)
    if (now.ok) await take(now.data)
  }

  async function take(now: V): Promise<void> {
    if (isAt<V, S>(now, steps)) view.value = now
    else await leave(now)
  }

  async function leave(next: V): Promise<void> {
    if (!(await parts.open(next))) problem.value = localError('CANNOT_OPEN')
  }

  /**
   * Sends something; goes on when it was taken, gives the error back otherwise. `stays`: an answer that belongs to
   * this very page is shown on it, because to open a page upon itself looks as if nothing had happened.
   */
  async function send(
    call: () => Promise<ApiResult<V>>,
    { stays = false }: { readonly stays?: boolean } = {},
  ): Promise<ApiError | undefined> {
    if (busy.value) return undefined
    busy.value = true
    try {
      const result = await call()
      if (result.ok) {
        await (stays ? take(result.data) : leave(result.data))
        return undefined
      }
      if (!parts.askAgain.includes(result.error.code)) return result.error
      const now = await parts.get(flow.value)
      if (!now.ok || isAt<V, S>(now.data, steps)) return result.error
      await leave(now.data)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { view, problem, busy, flow, load, refresh, send }
}
