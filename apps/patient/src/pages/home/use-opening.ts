import { ref } from 'vue'

/** Opens pages one at a time: a second tap while one is on its way would open it twice. */
export function useOpening() {
  const opening = ref(false)
  /** The last one did not open: said on the page, or the button would be dead. */
  const openFailed = ref(false)

  async function open(go: () => Promise<boolean>): Promise<void> {
    if (opening.value) return
    opening.value = true
    openFailed.value = false
    openFailed.value = !(await go())
    opening.value = false
  }

  return { opening, openFailed, open }
}
