/**
 * 用卡数据上报 beside its limits and beside two job queues.
 *
 *   npm run bench -- usage [--rounds 7] [--metric delivery]
 */
import { runBench } from './lib/run-bench.ts'
import { measureDelivery } from './lib/usage/delivery.ts'
import { measureGrowth } from './lib/usage/growth.ts'
import { measureIntakeBatch, measureIntakeSingle } from './lib/usage/intake.ts'
import { measureLatency } from './lib/usage/latency.ts'
import { measureMemory } from './lib/usage/memory.ts'
import { type Bench, openBench } from './lib/usage/open-bench.ts'

const DEFAULT_ROUNDS = 7

interface Metric {
  readonly name: string
  readonly measure: (bench: Bench, rounds: number) => Promise<void>
}

const METRICS: readonly Metric[] = [
  { name: 'intake-single', measure: measureIntakeSingle },
  { name: 'intake-batch', measure: measureIntakeBatch },
  { name: 'delivery', measure: measureDelivery },
  { name: 'latency-p99', measure: measureLatency },
  { name: 'memory', measure: measureMemory },
  { name: 'claim-at-10m', measure: measureGrowth },
]

const HELP = `用卡数据上报的基准：接收、上报、延迟、内存、数据多了以后

用法：npm run bench -- usage [选项]
  --rounds 数目   每一对比较多少轮，至少 7，默认 ${DEFAULT_ROUNDS}
  --metric 名称   只测一项：${METRICS.map(({ name }) => name).join('、')}
  --help          显示这段说明

标准输出每行一个 JSON 对象；ratio 是我们与对方之比，越大越好。进度写到标准错误。
`

await runBench({ metrics: METRICS, help: HELP, defaultRounds: DEFAULT_ROUNDS, open: openBench })
