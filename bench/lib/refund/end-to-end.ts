import { printLine, progress, quantile } from '../paired-rounds.ts'
import type { Finished } from './contestants/setup.ts'
import { figureLine } from './figure-line.ts'
import type { Bench } from './open-bench.ts'

const CASES = 20

/** Cases a second with everything that a patient's refund passes through, from 申请退款 on, over sockets. */
export async function measureEndToEnd(bench: Bench, rounds: number): Promise<void> {
  progress(`end-to-end：整个网关和沙箱，${rounds} 轮，每轮 ${CASES} 笔……`)
  const setup = await bench.addDatabase('bench_http', 'zhangyi')
  const installation = await bench.start('installation', { ...setup, inFlight: 16 })
  await installation.ask({ cases: CASES })
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { seconds } = await installation.ask<Finished>({ cases: CASES })
    rates.push(CASES / seconds)
  }
  await installation.stop()
  const [p25 = 0, value = 0, p75 = 0] = [0.25, 0.5, 0.75].map((part) => quantile(rates, part))
  printLine(figureLine('end-to-end', 'cases/s', value, { p25, p75, rounds }))
}
