import { computed, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { ApiError } from '../../api/api-error.ts'
import { loadSession, session } from '../../session/session.ts'
import type { Stage } from '../../session/session-api.ts'
import { routeOf } from '../../ui/route-of.ts'

export type Step = 'start' | Exclude<Stage, 'ready'>

/** Goes through the stages that the server asks for, and then to where the person wanted to go. */
export function useSignIn() {
  const route = useRoute()
  const router = useRouter()
  const stage = session.value?.stage
  const step = ref<Step>(stage === undefined || stage === 'ready' ? 'start' : stage)
  const isBusy = ref(false)
  const error = ref<unknown>()

  /** Sends what the step asks for and takes the next one. */
  async function advance(send: () => Promise<{ readonly stage: Stage }>): Promise<void> {
    isBusy.value = true
    error.value = undefined
    try {
      const next = (await send()).stage
      await loadSession()
      if (next === 'ready') await enter()
      else step.value = next
    } catch (thrown) {
      // Somebody who left the page open begins again.
      if (thrown instanceof ApiError && thrown.code === 'operator-not-signed-in') step.value = 'start'
      error.value = thrown
    } finally {
      isBusy.value = false
    }
  }

  async function enter(): Promise<void> {
    const back = route.query['back']
    if (typeof back !== 'string' || !back.startsWith('/') || back.startsWith('//')) return go('/')
    const page = routeOf(back)
    return go(router.resolve(page).name === 'not-found' ? '/' : page)
  }

  async function go(target: Parameters<typeof router.replace>[0]): Promise<void> {
    await router.replace(target)
  }

  return { step, isBusy, error, advance, why: computed(() => route.query['why']) }
}
