import { QueryClient } from '@tanstack/vue-query'
import { ApiError } from '../api/api-error.ts'

// Going back to a page within this time shows what was there without asking again.
const FRESH_MS = 10_000

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // Once more when nothing or a fault came back; a refusal stays one.
      retry: (count, error) => count < 1 && isPassing(error),
      retryDelay: 800,
      // Money is not redrawn under a clerk's eyes because a window came to the front.
      refetchOnWindowFocus: false,
    },
  },
})

function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502)
}
