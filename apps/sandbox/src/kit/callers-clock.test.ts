import { DAY_MS, ManualClock, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { CallersClock } from './callers-clock.ts'

const WINDOW_MS = 5 * MINUTE_MS

test('stamps of the moved and of the real time are taken, and the answer is of the same time', () => {
  const real = new ManualClock()
  const sandbox = new ManualClock(real.nowMs())
  const callers = new CallersClock(sandbox, real)
  sandbox.advance(DAY_MS)
  expect(callers.nowMs()).toBe(sandbox.nowMs())

  expect(callers.accepts(real.nowMs() - WINDOW_MS, WINDOW_MS)).toBe(true)
  callers.remember(real.nowMs() - WINDOW_MS, WINDOW_MS)
  expect(callers.nowMs()).toBe(real.nowMs())

  expect(callers.accepts(sandbox.nowMs() + WINDOW_MS, WINDOW_MS)).toBe(true)
  callers.remember(sandbox.nowMs() + WINDOW_MS, WINDOW_MS)
  expect(callers.nowMs()).toBe(sandbox.nowMs())

  for (const stampMs of [real.nowMs() + DAY_MS / 2, sandbox.nowMs() + WINDOW_MS + 1, Number.NaN])
    expect(callers.accepts(stampMs, WINDOW_MS)).toBe(false)
})

test('while both times are the same a request tells nothing, and the choice stands', () => {
  const real = new ManualClock()
  const sandbox = new ManualClock(real.nowMs() + DAY_MS)
  const callers = new CallersClock(sandbox, real)
  callers.remember(real.nowMs(), WINDOW_MS)
  sandbox.set(real.nowMs())
  callers.remember(real.nowMs(), WINDOW_MS)
  sandbox.advance(DAY_MS)
  expect(callers.nowMs()).toBe(real.nowMs())
})
