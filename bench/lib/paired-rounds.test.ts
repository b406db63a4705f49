import { expect, test } from 'vitest'
import { formatLine, quantile, ratePerSecond, runPairedRounds } from './paired-rounds.ts'

/** Gives the values one after the other, the last one for ever. */
const series = (...values: number[]) => {
  let turn = 0
  return () => values[Math.min(turn++, values.length - 1)] ?? 0
}

test('quantiles', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
  expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2)
  expect(quantile([7], 0.75)).toBe(7)
  expect(() => quantile([], 0.5)).toThrow('no values')
})

test('ours and the peer take turns in going first, and the warm-up does not count', async () => {
  const order: string[] = []
  const note = (name: string, value: number) => () => {
    order.push(name)
    return value
  }
  const result = await runPairedRounds({ ours: note('o', 2), peer: note('p', 1), rounds: 7, warmUps: 1 })
  expect(order.join('')).toBe('po' + 'op' + 'po' + 'op' + 'po' + 'op' + 'po' + 'op')
  expect(result).toEqual({ value: 2, peerValue: 1, ratio: 2, p25: 2, p75: 2, rounds: 7, verdict: 'faster' })
})

test('a slow spell that hits both sides of a round leaves the ratio alone', async () => {
  const result = await runPairedRounds({
    ours: series(100, 100, 10, 10, 100, 100, 100),
    peer: series(50, 50, 5, 5, 50, 50, 50),
    rounds: 7,
    warmUps: 0,
  })
  expect(result).toMatchObject({ value: 100, peerValue: 50, ratio: 2, p25: 2, p75: 2 })
})

test.each<[string, number[], 'larger' | 'smaller', string]>([
  ['twice the rate', [2], 'larger', 'faster'],
  ['half the rate', [0.5], 'larger', 'slower'],
  ['twice the time', [2], 'smaller', 'slower'],
  ['half the time', [0.5], 'smaller', 'faster'],
  ['one per cent more', [1.01], 'larger', 'equal'],
  ['more and less in turn', [0.7, 1.4, 0.8, 1.5, 0.9, 1.3, 1.2], 'larger', 'equal'],
])('%s', async (_, ours, better, verdict) => {
  const result = await runPairedRounds({
    ours: series(...ours),
    peer: () => 1,
    rounds: 7,
    warmUps: 0,
    better,
  })
  expect(result.verdict).toBe(verdict)
})

test('fewer than seven rounds prove nothing', async () => {
  await expect(runPairedRounds({ ours: () => 1, peer: () => 1, rounds: 6 })).rejects.toThrow('at least 7')
})

test('a rate is measured by running the operation', () => {
  let runs = 0
  const rate = ratePerSecond(() => {
    runs += 1
  }, 1)
  expect(rate()).toBeGreaterThan(0)
  expect(runs).toBeGreaterThan(0)
})

test('a line is one JSON object with rounded figures', () => {
  const result = { value: 1_234.567, peerValue: 0.123456, ratio: 1.23456, p25: 1.1, p75: 1.3, rounds: 7 }
  expect(
    formatLine(
      { bench: 'clients', metric: 'sign', unit: 'ops/s', peer: 'bare-crypto' },
      { ...result, verdict: 'faster' },
    ),
  ).toBe(
    '{"bench":"clients","metric":"sign","value":1235,"unit":"ops/s","peer":"bare-crypto","peerValue":0.1235,"ratio":1.235,"p25":1.1,"p75":1.3,"rounds":7,"verdict":"faster"}',
  )
})
