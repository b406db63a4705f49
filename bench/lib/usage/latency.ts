import { startChild } from '../child.ts'
import { printLine, progress, quantile } from '../paired-rounds.ts'
import { goalLine } from './goal-line.ts'
import type { Bench } from './open-bench.ts'

const GOAL_MS = 100
const EVENTS_A_ROUND = 100

/** From the success of the HIS to the platform's answer, when nothing else is to be done. */
export async function measureLatency(bench: Bench, rounds: number): Promise<void> {
  progress(`latency-p99：空闲时一条一条地上报，${rounds} 轮，每轮 ${EVENTS_A_ROUND} 条……`)
  const { child } = await startChild(new URL('./idle-server.ts', import.meta.url), bench.setup)
  bench.add(() => child.stop())
  await child.ask({ events: 20 })
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    const answer = await child.ask<{ took: number[] }>({ events: EVENTS_A_ROUND })
    took.push(...answer.took)
  }
  await child.stop()
  const [p25 = 0, p50 = 0, p75 = 0, p99 = 0] = [0.25, 0.5, 0.75, 0.99].map((part) => quantile(took, part))
  const round = (ms: number) => Number(ms.toPrecision(3))
  printLine(
    goalLine('latency-p99', 'ms', p99, GOAL_MS, {
      p25Ms: round(p25),
      p50Ms: round(p50),
      p75Ms: round(p75),
      rounds,
    }),
  )
}
