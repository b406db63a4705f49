import { useQueryClient } from '@tanstack/vue-query'
import { useRouter } from 'vue-router'
import { session } from './session.ts'
import { sessionApi } from './session-api.ts'
import { keep } from './storage.ts'

/** Told to the other tabs of this browser. */
export const SIGNED_OUT_KEY = 'signed-out-at'

/** `out`: on purpose. `idle`: nobody was there. `ended`: the server does not know the session any more. */
export type Why = 'out' | 'idle' | 'ended'

export function useSignOut() {
  const router = useRouter()
  const client = useQueryClient()

  /** Forgets everything that was shown and goes to the door; the way back leads here. */
  function leave(why: Why): void {
    if (!session.value) return
    const { fullPath } = router.currentRoute.value
    session.value = undefined
    client.clear()
    router.push({ name: 'sign-in', query: { why, ...(why !== 'out' && { back: fullPath }) } })
  }

  async function signOut(why: Why): Promise<void> {
    // Without an answer the server ends the session by its own limits; the screen is cleared in any case.
    await sessionApi.signOut().catch(() => {})
    keep(SIGNED_OUT_KEY, Date.now())
    leave(why)
  }

  return { leave, signOut }
}
