/**
 * The bench kit: ours and a peer in turn, round by round, so that a busy neighbour or a warm processor hits both alike.
 * What is compared is the ratio of each round; its median is reported with its quartiles.
 */

export interface Pairing {
  /** One measurement of ours: operations a second, seconds, … */
  readonly ours: () => number | Promise<number>
  readonly peer: () => number | Promise<number>
  /** Paired rounds, at least 7; 21 unless told. */
  readonly rounds?: number
  /** Rounds thrown away first, for the compiler; 1 unless told. */
  readonly warmUps?: number
  /** Whether a larger measurement is better (a rate) or a smaller one (a time). The ratio is always larger-better. */
  readonly better?: 'larger' | 'smaller'
  /** Differences below this part are called equal; 0.02 unless told. */
  readonly noise?: number
}

export type Verdict = 'faster' | 'equal' | 'slower'

export interface PairedResult {
  /** Median of ours, in the measurement's unit. */
  readonly value: number
  readonly peerValue: number
  /** Median of the rounds' ratios: above 1 ours is better. */
  readonly ratio: number
  readonly p25: number
  readonly p75: number
  readonly rounds: number
  readonly verdict: Verdict
}

const MIN_ROUNDS = 7

export async function runPairedRounds(pairing: Pairing): Promise<PairedResult> {
  const { rounds = 21, warmUps = 1, better = 'larger', noise = 0.02 } = pairing
  if (rounds < MIN_ROUNDS) throw new Error(`at least ${MIN_ROUNDS} rounds`)
  const ours: number[] = []
  const peers: number[] = []
  const ratios: number[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const oursFirst = round % 2 === 0
    const early = oursFirst ? await pairing.ours() : await pairing.peer()
    const late = oursFirst ? await pairing.peer() : await pairing.ours()
    if (round < 0) continue
    const [own, other] = oursFirst ? [early, late] : [late, early]
    ours.push(own)
    peers.push(other)
    ratios.push(better === 'larger' ? own / other : other / own)
  }
  const [p25, ratio, p75] = [quantile(ratios, 0.25), quantile(ratios, 0.5), quantile(ratios, 0.75)]
  return {
    value: quantile(ours, 0.5),
    peerValue: quantile(peers, 0.5),
    ratio,
    p25,
    p75,
    rounds,
    verdict: judge(ratio, p25, p75, noise),
  }
}

function judge(ratio: number, p25: number, p75: number, noise: number): Verdict {
  if ((p25 <= 1 && p75 >= 1) || Math.abs(ratio - 1) < noise) return 'equal'
  return ratio > 1 ? 'faster' : 'slower'
}

/** The quantile of some numbers, between two of them by their distance. */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new Error('no values')
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (high - low) * (place - below)
}

/** A measurement: how often a second `operation` runs. The count is fitted once, so that a round takes `roundMs`. */
export function ratePerSecond(operation: () => unknown, roundMs = 100): () => number {
  let count = 0
  const timed = (times: number) => {
    const started = performance.now()
    for (let turn = 0; turn < times; turn++) operation()
    return performance.now() - started
  }
  return () => {
    if (count === 0) {
      let times = 1
      while (timed(times) < roundMs / 4) times *= 2
      count = Math.max(1, Math.round((times * roundMs) / timed(times)))
    }
    return (count * 1_000) / timed(count)
  }
}

/** What stands before the figures of a line; `bench` names the file, `metric` the thing measured. */
export interface LineHead {
  readonly bench: string
  readonly metric: string
  readonly unit: string
  readonly peer: string
}

/** One JSON object, one line: the form that every bench prints. */
export function formatLine({ bench, metric, unit, peer }: LineHead, result: PairedResult): string {
  const { value, peerValue, ratio, p25, p75, rounds, verdict } = result
  return JSON.stringify({
    ...{ bench, metric, value: significant(value), unit, peer, peerValue: significant(peerValue) },
    ...{ ratio: decimals(ratio), p25: decimals(p25), p75: decimals(p75), rounds, verdict },
  })
}

const significant = (value: number) =>
  Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(4))
const decimals = (value: number) => Number(value.toFixed(3))

export function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** For people; standard output holds nothing but the lines. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`)
}
