import { useQueryClient } from '@tanstack/vue-query'
import { onBeforeUnmount, onMounted } from 'vue'
import { addressOf } from '../../api/request.ts'
import { useHospital } from '../../session/hospital.ts'
import { isTouched } from './topics.ts'

const INSTALLATION = 'installation'
/** Rows do not jump about more often. */
const TOGETHER_MS = 3_000
/** After a refusal, such as too many windows; what is shown then is refreshed by hand, and by itself each minute. */
const AGAIN_MS = 60_000
/** A tab that nobody looks at leaves its place to others. */
const HIDDEN_MS = 60_000

interface Change {
  readonly hospital: string
  readonly topic: string
}

/** Asks again for what is on the screen when the server says that it changed. One for the whole console. */
export function useLive(): void {
  const client = useQueryClient()
  const { hospitalId } = useHospital()
  const changed = new Set<string>()
  let source: EventSource | undefined
  let wasOpen = false
  let [asking, again, hiding]: (number | undefined)[] = []

  function ask(): void {
    asking = undefined
    const topics = new Set(changed)
    changed.clear()
    client.invalidateQueries({ predicate: ({ meta }) => isTouched(meta?.topics, topics) })
  }

  function note(topic: string): void {
    changed.add(topic)
    asking ??= window.setTimeout(ask, TOGETHER_MS)
  }

  function connect(): void {
    window.clearTimeout(again)
    if (source) return
    const opened = new EventSource(addressOf('/events'))
    source = opened
    opened.onopen = () => {
      // What happened in between was not heard.
      if (wasOpen) note('*')
      wasOpen = true
    }
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      const { hospital, topic } = JSON.parse(data) as Change
      if ([hospitalId.value, INSTALLATION, '*'].includes(hospital)) note(topic)
    }
    opened.onerror = () => {
      // The browser tries again by itself after all but a refusal.
      if (opened.readyState !== EventSource.CLOSED) return
      disconnect()
      again = window.setTimeout(connect, AGAIN_MS)
    }
  }

  function disconnect(): void {
    source?.close()
    source = undefined
  }

  function onVisibility(): void {
    window.clearTimeout(hiding)
    if (document.hidden) hiding = window.setTimeout(disconnect, HIDDEN_MS)
    else connect()
  }

  onMounted(() => {
    connect()
    document.addEventListener('visibilitychange', onVisibility)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    for (const timer of [asking, again, hiding]) window.clearTimeout(timer)
    disconnect()
  })
}
