import { ref, shallowRef } from 'vue'
import { acceptConsent, withdrawConsent } from '../../api/me.ts'
import type { MeView } from '../../api/types.ts'
import { isIntent } from '../../flow/flow-storage.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { goBack, redirectPage } from '../../platform/navigate.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { routes } from '../../platform/routes.ts'
import { forgetAll } from '../../platform/storage.ts'
import { loadMe } from '../../session/me.ts'

export type ConsentParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly accept: (version: string) => Promise<ApiResult<undefined>>
  readonly withdraw: () => Promise<ApiResult<undefined>>
  readonly openStart: (query: Readonly<Record<string, string | undefined>>) => Promise<boolean>
  readonly goBack: () => void
}
const live: ConsentParts = {
  loadMe,
  accept: acceptConsent,
  withdraw: withdrawConsent,
  openStart: (query) => redirectPage(routes.enrolmentStart, query),
  goBack,
}

export function useConsent(parts: ConsentParts = live) {
  const me = shallowRef<MeView>()
  /** The page cannot be shown at all. */
  const problem = shallowRef<ApiError>()
  /** The last press had no success. */
  const refusal = shallowRef<ApiError>()
  const busy = ref(false)
  const confirming = ref(false)
  const withdrawn = ref(false)
  let query: PageQuery = {}

  async function arrive(given: PageQuery): Promise<void> {
    query = given
    await load()
  }

  async function load(): Promise<void> {
    problem.value = undefined
    const result = await parts.loadMe()
    if (result.ok) me.value = result.data
    else problem.value = result.error
  }

  async function press(call: () => Promise<ApiResult<undefined>>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    refusal.value = undefined
    const result = await call()
    // Whatever came of it, the gateway knows which text is in force and whether it is accepted.
    await load()
    busy.value = false
    if (!result.ok) refusal.value = result.error
    return result.ok
  }

  async function accept(): Promise<void> {
    const version = me.value?.consent.version
    if (version === undefined || !(await press(() => parts.accept(version)))) return
    withdrawn.value = false
    const { next, intent, patientId, retryOf } = query
    if (next === 'start')
      await parts.openStart({ intent: isIntent(intent) ? intent : 'register', patientId, retryOf })
    else parts.goBack()
  }

  async function withdraw(): Promise<void> {
    if (!(await press(parts.withdraw))) return
    // Drafts and codes of unfinished flows are personal data whose use was just forbidden.
    forgetAll('flow.')
    confirming.value = false
    withdrawn.value = true
  }

  return { me, problem, refusal, busy, confirming, withdrawn, arrive, load, accept, withdraw }
}
