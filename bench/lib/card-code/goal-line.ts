import type { PairedResult } from '../paired-rounds.ts'

/** One JSON object, one line, for a time that is measured against a goal: `ratio` is goal / ours, larger is better. */
export function goalLine(metric: string, goalMs: number, result: PairedResult): string {
  const { value, ratio, p25, p75, rounds } = result
  const decimals = (number: number) => Number(number.toFixed(3))
  return JSON.stringify({
    ...{ bench: 'card-code', metric, value: Math.round(value), unit: 'ms', peer: 'goal', peerValue: goalMs },
    ...{ ratio: decimals(ratio), p25: decimals(p25), p75: decimals(p75), rounds },
    ...{ goal: goalMs, met: value <= goalMs },
  })
}
