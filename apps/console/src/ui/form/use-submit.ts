import { ref } from 'vue'

interface Parts {
  /** Whether all is there that has to be; otherwise the form says what is missing, and nothing is sent. */
  readonly isComplete?: () => boolean
  readonly run: () => Promise<unknown>
}

/** What a form does on its button: busy meanwhile, and what it throws stays to be shown. */
export function useSubmit({ isComplete = () => true, run }: Parts) {
  /** Asked at least once: what is missing is said only then. */
  const isAsked = ref(false)
  const isBusy = ref(false)
  const error = ref<unknown>()

  async function submit(): Promise<void> {
    isAsked.value = true
    if (!isComplete()) return
    isBusy.value = true
    error.value = undefined
    try {
      await run()
    } catch (thrown) {
      error.value = thrown
    } finally {
      isBusy.value = false
    }
  }

  return { isAsked, isBusy, error, submit }
}
