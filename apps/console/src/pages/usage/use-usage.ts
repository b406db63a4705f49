import { useQuery, useQueryClient } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { useHospital } from '../../session/hospital.ts'
import { usageApi } from './usage-api.ts'

const REFRESH_MS = 60_000
/** What costs little. The counts of whole days are looked at by the minute, however much happens. */
const meta = { topics: ['usage'] }

/** Today as it stands, looked at again every minute. */
export function useUsageNow() {
  const { hospitalId } = useHospital()
  return useQuery({
    meta,
    queryKey: ['usage', 'now', hospitalId],
    queryFn: ({ signal }) => usageApi.now(hospitalId.value, signal),
    refetchInterval: REFRESH_MS,
  })
}

export function useUsageDay(day: Ref<string | undefined>) {
  const { hospitalId } = useHospital()
  return useQuery({
    queryKey: ['usage', 'day', hospitalId, day],
    queryFn: ({ signal }) => usageApi.day(hospitalId.value, day.value, signal),
    refetchInterval: REFRESH_MS,
  })
}

export function useUsageTrend(day: Ref<string | undefined>) {
  const { hospitalId } = useHospital()
  return useQuery({
    queryKey: ['usage', 'trend', hospitalId, day],
    queryFn: ({ signal }) => usageApi.trend(hospitalId.value, day.value, signal),
  })
}

export function useUsageAlarms() {
  const { hospitalId } = useHospital()
  return useQuery({
    meta,
    queryKey: ['usage', 'alarms', hospitalId],
    queryFn: ({ signal }) => usageApi.alarms(hospitalId.value, signal),
    refetchInterval: REFRESH_MS,
  })
}

export function useParked() {
  const { hospitalId } = useHospital()
  return useQuery({
    meta,
    queryKey: ['usage', 'parked', hospitalId],
    queryFn: ({ signal }) => usageApi.parked(hospitalId.value, signal),
  })
}

export function useDepartments() {
  const { hospitalId } = useHospital()
  return useQuery({
    meta,
    queryKey: ['usage', 'departments', hospitalId],
    queryFn: ({ signal }) => usageApi.departments(hospitalId.value, signal),
  })
}

/** After something was changed: all numbers of this page are asked for again. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['usage'] })
}
