import { MINUTE_MS } from '@zhangyi/core'
import { computed, type Ref, ref, watch } from 'vue'
import type { VisitOrder } from '../../api/visit-types.ts'
import { visitTexts as texts } from '../../texts/visits.ts'
import { hourWords } from '../../visitor/day-words.ts'

// No hospital lets anybody pay for longer (its setting ends there); a phone that sees more has a wrong clock.
const LONGEST_MS = 120 * MINUTE_MS

/** How long the order may still be paid. A phone whose clock is wrong says the hour only and counts nothing. */
export function usePayTime(order: Ref<VisitOrder | undefined>, now: () => number) {
  const nowMs = ref(now())
  const clockFits = ref(false)
  const endMs = computed(() => Date.parse(order.value?.expiresAt ?? ''))

  watch(
    () => order.value?.expiresAt,
    () => {
      nowMs.value = now()
      const leftMs = endMs.value - nowMs.value
      clockFits.value = leftMs > 0 && leftMs <= LONGEST_MS
    },
    { flush: 'sync' },
  )

  const leftSeconds = computed(() => Math.max(0, Math.ceil((endMs.value - nowMs.value) / 1000)))
  return {
    isOver: computed(() => clockFits.value && leftSeconds.value === 0),
    before: computed(() => (order.value?.expiresAt ? texts.payBefore(hourWords(order.value.expiresAt)) : '')),
    /** 「还剩 9 分 05 秒」; empty where the phone's clock cannot say. */
    left: computed(() =>
      clockFits.value && leftSeconds.value > 0
        ? texts.timeLeft(Math.floor(leftSeconds.value / 60), leftSeconds.value % 60)
        : '',
    ),
    /** By the clock and not by the ticks: a phone in a pocket ticks slowly. */
    tick(): void {
      nowMs.value = now()
    },
  }
}
