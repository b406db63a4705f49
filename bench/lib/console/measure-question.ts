import { formatLine, printLine, progress, quantile, runPairedRounds } from '../paired-rounds.ts'
import type { Bench, Site } from './open-bench.ts'
import type { Question } from './questions.ts'

/** So long a person does not notice that something was asked. */
const GOAL_MS = 100
const TIMES_A_ROUND = 20

/** One question to many rows and to ten thousand, in turn; the slowest of twenty answers counts against the goal. */
export async function measureQuestion(
  { large, small }: Bench,
  { metric, role, path, body }: Question,
  rounds: number,
): Promise<void> {
  progress(`${metric}：${rounds} 轮……`)
  const [ours, peer] = [await stopwatchFor(large), await stopwatchFor(small)]
  const result = await runPairedRounds({
    ...{ ours: ours.round, peer: peer.round, rounds, better: 'smaller' },
  })
  const line = formatLine({ bench: 'console', metric, unit: 'ms', peer: `${small.rows}-rows` }, result)
  const p95 = Number(quantile(ours.all, 0.95).toPrecision(4))
  printLine(
    JSON.stringify({
      ...{ ...(JSON.parse(line) as object), p95, peerP95: Number(quantile(peer.all, 0.95).toPrecision(4)) },
      ...{ goal: GOAL_MS, met: p95 < GOAL_MS },
    }),
  )

  async function stopwatchFor(site: Site) {
    const address = await path(site)
    const all: number[] = []
    const round = async () => {
      const times: number[] = []
      for (let turn = 0; turn < TIMES_A_ROUND; turn++) {
        const started = performance.now()
        await site.ask(role, address, body)
        times.push(performance.now() - started)
      }
      all.push(...times)
      return quantile(times, 0.5)
    }
    return { all, round }
  }
}
