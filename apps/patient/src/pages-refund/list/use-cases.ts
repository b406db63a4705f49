import { computed, ref, shallowRef } from 'vue'
import type { RefundCase } from '../../api/refund-types.ts'
import { listRefunds } from '../../api/refunds.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { caseRow } from '../shared/case-words.ts'
import { type AllowedParts, useAllowed } from '../shared/use-allowed.ts'

export type CasesParts = {
  readonly cases: typeof listRefunds
  readonly openCase: (id: string) => Promise<boolean>
  readonly openEntries: () => Promise<boolean>
  readonly openOffline: () => Promise<boolean>
  readonly allowed?: AllowedParts
}
const live: CasesParts = {
  cases: listRefunds,
  openCase: (id) => openPage(routes.refundCase, { id }),
  openEntries: () => openPage(routes.refundEntries),
  openOffline: () => openPage(routes.refundOffline),
}

/** 我的退款: newest first, a page at a time. */
export function useCases(parts: CasesParts = live) {
  const cases = shallowRef<readonly RefundCase[]>()
  const more = ref(false)
  const moreFailed = ref(false)
  const busy = ref(false)
  const allowed = useAllowed(load, { parts: parts.allowed })

  async function load(): Promise<ApiError | undefined> {
    const result = await parts.cases()
    if (!result.ok) return result.error
    cases.value = result.data.cases
    more.value = result.data.more
    return undefined
  }

  async function loadMore(): Promise<void> {
    const last = cases.value?.at(-1)
    if (busy.value || !last) return
    busy.value = true
    const result = await parts.cases(last.createdAtMs)
    moreFailed.value = !result.ok
    if (result.ok) {
      const known = new Set(cases.value?.map(({ id }) => id))
      // One made meanwhile, or two of the same moment, must not stand there twice.
      cases.value = [...(cases.value ?? []), ...result.data.cases.filter(({ id }) => !known.has(id))]
      more.value = result.data.more
    }
    busy.value = false
  }

  return {
    allowed,
    cases,
    more,
    moreFailed,
    busy,
    rows: computed(() => (cases.value ?? []).map(caseRow)),
    isEmpty: computed(() => cases.value?.length === 0),
    loadMore,
    /** Back from a refund, or by pull: what is shown stays if nobody answers. */
    async refresh(): Promise<void> {
      if (allowed.gate.value === 'open') await load()
      else await allowed.run()
    },
    async show(): Promise<void> {
      if (!(await allowed.show()) && allowed.gate.value === 'open') await load()
    },
    openCase: (id: string) => allowed.open(() => parts.openCase(id)),
    openEntries: () => allowed.open(parts.openEntries),
    openOffline: () => allowed.open(parts.openOffline),
  }
}
