import type { Child } from '../child.ts'
import { formatLine, printLine, progress, runPairedRounds } from '../paired-rounds.ts'
import { rateOf } from './cases.ts'
import { storeFinishedCases } from './finished-cases.ts'
import type { Bench } from './open-bench.ts'

const MANY = 1_000_000

/** The time of a case with a million finished ones in the tables, beside the same without them. */
export async function measureGrowth(bench: Bench, rounds: number): Promise<void> {
  const few = await bench.addDatabase('bench_few', 'zhangyi')
  const many = await bench.addDatabase('bench_many', 'zhangyi')
  progress(`cases-at-1m：存入 ${MANY} 笔已了结的，约 5 分钟……`)
  await storeFinishedCases(many, MANY)
  progress(`cases-at-1m：${rounds} 轮……`)
  const [ours, peer] = [await bench.start('ours', many), await bench.start('ours', few)]
  const msOf = async (contestant: Child) => 1_000 / (await rateOf(contestant))
  const result = await runPairedRounds({
    ours: () => msOf(ours),
    peer: () => msOf(peer),
    rounds,
    better: 'smaller',
  })
  printLine(formatLine({ bench: 'refund', metric: 'cases-at-1m', unit: 'ms/case', peer: 'cases' }, result))
  await ours.stop()
  await peer.stop()
}
