import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { isReady, session } from './session.ts'
import type { Hospital } from './session-api.ts'
import { keep, kept } from './storage.ts'

const KEY = 'hospital'

/** The hospital in front of the operator: the one of the address, the last one, or the first. */
export function chosenHospital(wanted: unknown): Hospital | undefined {
  const hospitals = session.value?.hospitals ?? []
  const ids = [wanted, kept<string>(KEY)]
  return ids.map((id) => hospitals.find((one) => one.id === id)).find((one) => one) ?? hospitals[0]
}

export function rememberHospital(id: string): void {
  keep(KEY, id)
}

/** For pages: the id that goes with each request; empty when the account sees none. */
export function useHospital() {
  const route = useRoute()
  const hospital = computed(() => (isReady.value ? chosenHospital(route.query['hospital']) : undefined))
  return { hospital, hospitalId: computed(() => hospital.value?.id ?? '') }
}
