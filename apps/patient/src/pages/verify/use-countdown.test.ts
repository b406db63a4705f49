import { expect, test, vi } from 'vitest'
import { useCountdown } from './use-countdown.ts'

function clock() {
  let nowMs = 0
  let tick: (() => void) | undefined
  return {
    ticks: {
      nowMs: () => nowMs,
      everySecond: vi.fn((next: () => void) => {
        tick = next
        return () => {
          tick = undefined
        }
      }),
    },
    pass(seconds: number) {
      nowMs += seconds * 1000
      tick?.()
    },
    isTicking: () => tick !== undefined,
  }
}

test('counts whole seconds by the clock, also when ticks were missed, and stops at the end', () => {
  const { ticks, pass, isTicking } = clock()
  const { left, begin } = useCountdown(ticks)
  begin(60)
  expect(left.value).toBe(60)
  pass(1)
  expect(left.value).toBe(59)
  pass(30.5)
  expect(left.value).toBe(29)
  pass(100)
  expect(left.value).toBe(0)
  expect(isTicking()).toBe(false)
})

test('leaving the page stops it', () => {
  const { ticks, isTicking } = clock()
  const { begin, stop } = useCountdown(ticks)
  begin(60)
  stop()
  expect(isTicking()).toBe(false)
})
