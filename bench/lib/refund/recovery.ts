import { printLine, progress } from '../paired-rounds.ts'
import type { Finished } from './contestants/setup.ts'
import { figureLine } from './figure-line.ts'
import type { Bench } from './open-bench.ts'

const CASES = 10_000

/** The seconds in which a fresh process settles what another left in the middle. */
export async function measureRecovery(bench: Bench): Promise<void> {
  progress(`recovery：造出 ${CASES} 笔做到一半的……`)
  const setup = await bench.addDatabase('bench_recovery', 'zhangyi')
  const crashed = await bench.start('crashed', setup)
  await crashed.ask({ cases: CASES })
  await crashed.stop()
  progress('recovery：另起一个进程，做到全部了结……')
  const fresh = await bench.start('recovering', setup)
  const { seconds } = await fresh.ask<Finished>({ cases: CASES })
  await fresh.stop()
  printLine(figureLine('recovery', 's', seconds, { cases: CASES, casesPerSecond: CASES / seconds }))
}
