import { expect, test } from 'vitest'
import { runPairedRounds } from '../paired-rounds.ts'
import { goalLine } from './goal-line.ts'

const measured = (ms: number) =>
  runPairedRounds({ ours: () => ms, peer: () => 2_000, rounds: 7, better: 'smaller' })

test('half the time allowed is a ratio of two, and the goal is met', async () => {
  expect(goalLine('visible-4x-cpu', 2_000, await measured(1_000.4))).toBe(
    '{"bench":"card-code","metric":"visible-4x-cpu","value":1000,"unit":"ms","peer":"goal","peerValue":2000,"ratio":1.999,"p25":1.999,"p75":1.999,"rounds":7,"goal":2000,"met":true}',
  )
})

test.each([
  [2_000, true],
  [2_001, false],
])('a median of %i ms: met %s', async (ms, met) => {
  expect(JSON.parse(goalLine('visible-4x-cpu', 2_000, await measured(ms))).met).toBe(met)
})
