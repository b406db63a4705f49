import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useHospital } from '../../session/hospital.ts'
import { refundsApi } from './refunds-api.ts'

const REFRESH_MS = 60_000

/** How many wait, for the tabs of the page. */
export function useSummary() {
  const { hospitalId } = useHospital()
  return useQuery({
    queryKey: ['refunds-summary', hospitalId],
    queryFn: ({ signal }) => refundsApi.summary(hospitalId.value, signal),
    meta: { topics: ['refunds'] },
    refetchInterval: REFRESH_MS,
    enabled: computed(() => hospitalId.value !== ''),
  })
}
