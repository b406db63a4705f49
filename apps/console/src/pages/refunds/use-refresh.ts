import { useQueryClient } from '@tanstack/vue-query'

/** After something was done: everything that is shown of refunds is asked for anew. */
export function useRefresh() {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('refund') })
}
