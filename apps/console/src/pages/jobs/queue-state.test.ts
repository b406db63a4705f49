import { expect, test } from 'vitest'
import type { Queue } from './jobs-api.ts'
import { queueState } from './queue-state.ts'

const NOW_MS = 1_000_000_000
const QUEUE: Queue = {
  ...{ name: 'a.b', zh: '', waiting: 0, active: 0, failed: 0, lastState: 'completed' },
  ...{ lastAtMs: NOW_MS - 60_000, everyMinutes: 1, nextAtMs: null },
}

test.each([
  [{}, 'idle'],
  [{ waiting: 2 }, 'waiting'],
  [{ waiting: 2, active: 1 }, 'active'],
  [{ failed: 1, active: 1 }, 'failed'],
  [{ lastAtMs: NOW_MS - 200_000 }, 'late'],
  [{ lastAtMs: NOW_MS - 200_000, active: 1 }, 'active'],
  [{ lastAtMs: null }, 'idle'],
])('%j is %s', (changes, state) => {
  expect(queueState({ ...QUEUE, ...changes }, NOW_MS)).toBe(state)
})
