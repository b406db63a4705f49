import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useHospital } from '../../session/hospital.ts'
import { type Export, exportsApi } from './exports-api.ts'

/** The name of these in the cache, and of what the server says when one of them went on. */
const EXPORTS_KEY = 'exports'
const LOOK_MS = 2_000

export function isUnfinished({ state }: Export): boolean {
  return state === 'waiting' || state === 'working'
}

/** The own exports of the hospital in front of the operator; looked at again while one is being written. */
export function useExports() {
  const { hospitalId } = useHospital()
  const query = useQuery({
    queryKey: [EXPORTS_KEY, hospitalId],
    queryFn: ({ signal }) => exportsApi.own(hospitalId.value, signal),
    meta: { topics: [EXPORTS_KEY] },
    enabled: computed(() => hospitalId.value !== ''),
    refetchInterval: ({ state }) => (state.data?.some(isUnfinished) ? LOOK_MS : false),
  })
  return computed(() => query.data.value ?? [])
}

export function useRefreshExports() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: [EXPORTS_KEY] })
}
