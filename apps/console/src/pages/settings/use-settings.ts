import { useQuery } from '@tanstack/vue-query'
import { useHospital } from '../../session/hospital.ts'
import { settingsApi } from './settings-api.ts'

/** Of the hospital in front; every part of the page shows a piece of the same answer. */
export function useSettings() {
  const { hospitalId } = useHospital()
  return useQuery({
    queryKey: ['settings', hospitalId],
    queryFn: ({ signal }) => settingsApi.read(hospitalId.value, signal),
  })
}
