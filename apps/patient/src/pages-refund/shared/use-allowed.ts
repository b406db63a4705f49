import { computed, ref, shallowRef } from 'vue'
import type { MeView } from '../../api/types.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { loadMe } from '../../session/me.ts'
import type { Gate } from '../../visitor/use-visitor.ts'

export type AllowedParts = {
  readonly loadMe: () => Promise<ApiResult<MeView>>
  readonly openConsent: () => Promise<boolean>
}
const liveAllowed: AllowedParts = { loadMe, openConsent: () => openPage(routes.consent) }

/**
 * What stands between a person and a page on which no linked patient is chosen. Consent is asked for where the page
 * takes personal data (`needsConsent`), or where the gateway says so: whoever withdrew it still gets their money.
 */
export function useAllowed(
  load: (me: MeView) => Promise<ApiError | undefined>,
  {
    needsConsent = false,
    parts = liveAllowed,
  }: { needsConsent?: boolean; parts?: AllowedParts | undefined } = {},
) {
  const me = shallowRef<MeView>()
  const problem = shallowRef<ApiError>()
  const loaded = ref(false)
  const lacksConsent = ref(false)
  const openFailed = ref(false)
  let wantsConsent = false

  const gate = computed<Gate>(() => {
    if (problem.value) return 'problem'
    if (lacksConsent.value) return 'consent'
    return loaded.value ? 'open' : 'loading'
  })

  async function run(): Promise<void> {
    problem.value = undefined
    const who = await parts.loadMe()
    if (!who.ok) {
      problem.value = who.error
      return
    }
    me.value = who.data
    lacksConsent.value = needsConsent && !who.data.consent.accepted
    if (lacksConsent.value) return
    const error = await load(who.data)
    lacksConsent.value = error?.code === 'consent-required'
    if (!lacksConsent.value) problem.value = error
    loaded.value = error === undefined
  }

  async function open(go: () => Promise<boolean>): Promise<void> {
    openFailed.value = false
    openFailed.value = !(await go())
  }

  return {
    me,
    problem,
    openFailed,
    gate,
    run,
    open,
    /** The gateway asked for consent in answer to a press. */
    missConsent(): void {
      lacksConsent.value = true
    },
    askConsent: () =>
      open(async () => {
        wantsConsent = await parts.openConsent()
        return wantsConsent
      }),
    /** Back from the consent page. True: everything was asked for anew. */
    async show(): Promise<boolean> {
      if (!wantsConsent) return false
      wantsConsent = false
      await run()
      return true
    },
  }
}
