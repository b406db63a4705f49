import { onBeforeUnmount, onMounted, ref } from 'vue'
import { session } from './session.ts'
import { sessionApi } from './session-api.ts'
import { keep, kept } from './storage.ts'

const KEY = 'active-at'
const INPUT = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const
const MINUTE_MS = 60_000
/** The warning stands this long before the end. */
const WARNING_MS = MINUTE_MS
/** Who reads or types without a request still works: the server is told so this often. */
const TELL_SERVER_MS = 4 * MINUTE_MS
const LOOK_MS = 1_000

/**
 * Ends the session after a time without input, as the server does after a time without requests. The moment of the last
 * input is shared among the tabs of this browser: working in one keeps the others.
 */
export function useIdle(end: () => void) {
  const secondsLeft = ref<number>()
  let activeAtMs = 0
  let toldServerAtMs = Date.now()
  let timer: number | undefined

  function touch(): void {
    // A warning is answered by its own button: a stray movement must not hide it unread.
    if (secondsLeft.value === undefined && Date.now() > activeAtMs + LOOK_MS) markActive()
  }

  function markActive(): void {
    activeAtMs = Date.now()
    keep(KEY, activeAtMs)
  }

  function stay(): void {
    secondsLeft.value = undefined
    markActive()
    tellServer()
  }

  function tellServer(): void {
    toldServerAtMs = Date.now()
    // A lost session shows itself through the client; anything else passes by the next time.
    sessionApi.read().catch(() => {})
  }

  function look(): void {
    const limitMs = (session.value?.idleMinutes ?? 30) * MINUTE_MS
    activeAtMs = Math.max(activeAtMs, kept<number>(KEY) ?? 0)
    const leftMs = activeAtMs + limitMs - Date.now()
    if (leftMs <= 0) {
      window.clearInterval(timer)
      end()
      return
    }
    secondsLeft.value = leftMs <= WARNING_MS ? Math.ceil(leftMs / 1_000) : undefined
    if (activeAtMs > toldServerAtMs + TELL_SERVER_MS) tellServer()
  }

  onMounted(() => {
    markActive()
    for (const kind of INPUT) window.addEventListener(kind, touch, { passive: true, capture: true })
    timer = window.setInterval(look, LOOK_MS)
  })
  onBeforeUnmount(() => {
    for (const kind of INPUT) window.removeEventListener(kind, touch, { capture: true })
    window.clearInterval(timer)
  })
  return { secondsLeft, stay }
}
