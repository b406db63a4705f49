import { useQueryClient } from '@tanstack/vue-query'
import { onBeforeUnmount, shallowRef, watch } from 'vue'
import { useHospital } from '../../session/hospital.ts'
import type { PersonWish } from './patients-api.ts'

/**
 * A search for a person lives as long as the page shows it: not in the address, not in what is kept of the list. Another
 * hospital begins without it.
 */
export function usePersonSearch(listName: string) {
  const { hospitalId } = useHospital()
  const queries = useQueryClient()
  const wish = shallowRef<PersonWish>()
  const isCut = shallowRef(false)
  // At once, so that the next hospital's list is never asked with it.
  watch(
    hospitalId,
    () => {
      wish.value = undefined
    },
    { flush: 'sync' },
  )
  onBeforeUnmount(() => {
    if (wish.value) queries.removeQueries({ queryKey: [listName] })
  })
  return { wish, isCut }
}
