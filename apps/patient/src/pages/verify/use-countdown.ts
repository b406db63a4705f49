import { ref } from 'vue'

export type Ticks = {
  readonly nowMs: () => number
  /** Calls it every second until the returned function is called. */
  readonly everySecond: (tick: () => void) => () => void
}
const live: Ticks = {
  nowMs: Date.now,
  everySecond(tick) {
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  },
}

/** Counts down whole seconds. By the clock and not by the ticks: a phone in a pocket ticks slowly. */
export function useCountdown(ticks: Ticks = live) {
  const left = ref(0)
  let endMs = 0
  let stopTicks: (() => void) | undefined

  function stop(): void {
    stopTicks?.()
    stopTicks = undefined
  }

  function tick(): void {
    left.value = Math.max(0, Math.ceil((endMs - ticks.nowMs()) / 1000))
    if (left.value === 0) stop()
  }

  function begin(seconds: number): void {
    stop()
    endMs = ticks.nowMs() + seconds * 1000
    stopTicks = ticks.everySecond(tick)
    tick()
  }

  return { left, begin, stop }
}
