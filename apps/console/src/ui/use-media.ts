import { onScopeDispose, ref } from 'vue'

/** Whether a media query holds, now and later. */
export function useMedia(query: string) {
  const media = window.matchMedia(query)
  const holds = ref(media.matches)
  const look = () => {
    holds.value = media.matches
  }
  media.addEventListener('change', look)
  onScopeDispose(() => media.removeEventListener('change', look))
  return holds
}
