import { computed, ref, shallowRef } from 'vue'
import type { Entries, RefundWay } from '../../api/refund-types.ts'
import { getEntries } from '../../api/refunds.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { refundTexts as texts } from '../../texts/refunds.ts'
import { type AllowedParts, useAllowed } from '../shared/use-allowed.ts'

export type EntriesParts = {
  readonly entries: typeof getEntries
  readonly openWay: (way: RefundWay) => Promise<boolean>
  readonly openMine: () => Promise<boolean>
  readonly openOffline: () => Promise<boolean>
  readonly allowed?: AllowedParts
}
const live: EntriesParts = {
  entries: getEntries,
  openWay: (way) => openPage(way === 'original' ? routes.refundOriginal : routes.refundFace),
  openMine: () => openPage(routes.refunds),
  openOffline: () => openPage(routes.refundOffline),
}

/** The two ways, as the hospital describes them. The first open one is chosen; a tap chooses the other. */
export function useEntries(parts: EntriesParts = live) {
  const entries = shallowRef<Entries>()
  const wanted = ref<RefundWay>()
  const allowed = useAllowed(load, { parts: parts.allowed })

  async function load(): Promise<ApiError | undefined> {
    const result = await parts.entries()
    if (result.ok) entries.value = result.data
    return result.ok ? undefined : result.error
  }

  const open = computed(() => (entries.value?.ways ?? []).filter(({ closed }) => closed === null))
  const chosen = computed(() => open.value.find(({ way }) => way === wanted.value) ?? open.value[0])
  return {
    allowed,
    entries,
    ways: computed(() =>
      (entries.value?.ways ?? []).map((one) => ({
        ...one,
        closed: one.closed ?? '',
        tag: texts.wayTags[one.way],
        lines: one.notes.map((text, index) => ({ id: String(index), text })),
        chosen: one.way === chosen.value?.way,
      })),
    ),
    /** Empty where every way is closed. */
    nextStep: computed(() => (chosen.value ? texts.waySteps[chosen.value.way] : '')),
    choose(way: RefundWay): void {
      wanted.value = way
    },
    go: () => allowed.open(async () => (chosen.value ? parts.openWay(chosen.value.way) : false)),
    openMine: () => allowed.open(parts.openMine),
    openOffline: () => allowed.open(parts.openOffline),
  }
}

export type WayRow = ReturnType<typeof useEntries>['ways']['value'][number]
