import type { Child } from '../child.ts'
import { formatLine, printLine, progress, runPairedRounds } from '../paired-rounds.ts'
import type { Finished } from './contestants/setup.ts'
import type { Bench } from './open-bench.ts'

// Some seconds a round.
const CASES = 300

/** Cases a second from the application to the HIS's confirmation: our engine, and the same saga on DBOS. */
export async function measureCases(bench: Bench, rounds: number): Promise<void> {
  progress(`cases：与 dbos 比较，${rounds} 轮，每轮 ${CASES} 笔……`)
  const ours = await bench.start('ours', bench.setup)
  const dbos = await bench.start('dbos', await bench.addDatabase('bench_dbos', 'template0'))
  const result = await runPairedRounds({ ours: () => rateOf(ours), peer: () => rateOf(dbos), rounds })
  printLine(formatLine({ bench: 'refund', metric: 'cases', unit: 'cases/s', peer: 'dbos' }, result))
  await ours.stop()
  await dbos.stop()
}

export async function rateOf(contestant: Child): Promise<number> {
  const { seconds } = await contestant.ask<Finished>({ cases: CASES })
  return CASES / seconds
}
