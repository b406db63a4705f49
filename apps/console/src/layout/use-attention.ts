import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { get } from '../api/request.ts'
import { useHospital } from '../session/hospital.ts'
import type { Tone } from '../ui/state-words.ts'

export interface Notice {
  readonly tone: Tone
  readonly text: string
  readonly path?: string
}

interface Attention {
  readonly pages: readonly { readonly path: string; readonly tone: Tone; readonly count: number }[]
  readonly notices: readonly Notice[]
}

// Without the live stream at the latest.
const REFRESH_MS = 60_000

/** With what lies below a page; the worst comes first, and gives the colour. */
function ofPage(pages: Attention['pages'], path: string) {
  const own = pages.filter((one) => one.path === path || one.path.startsWith(`${path}/`))
  return own[0] && { ...own[0], count: own.reduce((sum, { count }) => sum + count, 0) }
}

/** What needs a person, page by page, and what everybody should know. */
export function useAttention() {
  const { hospitalId } = useHospital()
  const { data } = useQuery({
    queryKey: ['attention', hospitalId],
    queryFn: ({ signal }) => get<Attention>('/attention', { hospital: hospitalId.value }, signal),
    enabled: computed(() => hospitalId.value !== ''),
    refetchInterval: REFRESH_MS,
    meta: { topics: ['*'] },
  })
  return {
    notices: computed(() => data.value?.notices ?? []),
    of: (path: string) => ofPage(data.value?.pages ?? [], path),
  }
}
