import { expect, test } from 'vitest'
import { Faults } from './faults.ts'

const hits = (faults: Faults, calls: number) =>
  Array.from({ length: calls }, () => faults.take('reset', 'pay') !== undefined)

test('a fault by count hits that many calls of its operation and is gone', () => {
  const faults = new Faults()
  faults.order({ kind: 'reset', operation: 'pay', times: 2 })
  expect(faults.take('reset', 'query')).toBeUndefined()
  expect(hits(faults, 3)).toEqual([true, true, false])
  expect(faults.list()).toEqual([])
})

test('a fault by probability hits its share, and the same calls again under the same seed', () => {
  const run = (seed: number) => {
    const faults = new Faults()
    faults.order({ kind: 'reset', probability: 0.3, seed })
    return hits(faults, 1_000)
  }
  expect(run(7)).toEqual(run(7))
  expect(run(7)).not.toEqual(run(8))
  const share = run(7).filter(Boolean).length / 1_000
  expect(share).toBeGreaterThan(0.25)
  expect(share).toBeLessThan(0.35)
})
