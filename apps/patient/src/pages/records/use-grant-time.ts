import { formatShanghai } from '@zhangyi/core'
import { computed, ref, shallowRef } from 'vue'
import type { GrantOfRecords } from '../../api/record-types.ts'
import { recordTexts as texts } from '../../texts/records.ts'

const MINUTE_MS = 60_000
const EVERY_MS = 10_000
// No grant lives longer; whoever has more left has a clock that is wrong.
const LONGEST_MS = 12 * 60 * MINUTE_MS

/**
 * How long the reports on the page may still be read. The page hides them when the time is over; the gateway
 * decides anyway. A phone whose clock is wrong is told the hour only, and nothing is hidden by that clock.
 */
export function useGrantTime(now: () => number = Date.now) {
  const grant = shallowRef<GrantOfRecords>()
  const nowMs = ref(now())
  const clockFits = ref(false)
  const leftMs = computed(() => (grant.value ? Date.parse(grant.value.expiresAt) - nowMs.value : 0))

  function begin(fresh: GrantOfRecords): void {
    grant.value = fresh
    tick()
    clockFits.value = leftMs.value > 0 && leftMs.value <= LONGEST_MS
  }

  function tick(): void {
    nowMs.value = now()
  }

  /** Looks at the clock until the given function is called; the page calls it when it goes. */
  function watchTime(): () => void {
    const timer = setInterval(tick, EVERY_MS)
    return () => clearInterval(timer)
  }

  const line = computed(() => {
    if (!grant.value) return ''
    const expiresMs = Date.parse(grant.value.expiresAt)
    if (Number.isNaN(expiresMs)) return ''
    const until = formatShanghai(expiresMs).slice(11, 16)
    if (!clockFits.value) return texts.readUntil(until)
    const minutes = Math.floor(leftMs.value / MINUTE_MS)
    return minutes > 0 ? texts.minutesLeft(minutes, until) : texts.lastMinute(until)
  })
  const how = computed(() => {
    if (grant.value?.assurance === 'fallback') return texts.fallback
    return grant.value?.assurance === 'proxy' ? texts.proxy : ''
  })

  return { lapsed: computed(() => clockFits.value && leftMs.value <= 0), line, how, begin, tick, watchTime }
}
