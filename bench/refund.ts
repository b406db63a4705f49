/**
 * 门诊预交金退款 beside the same saga on DBOS, and beside itself with a million finished cases.
 *
 *   npm run bench -- refund [--rounds 7] [--metric cases]
 */

import { measureCases } from './lib/refund/cases.ts'
import { measureCommits } from './lib/refund/commits.ts'
import { measureEndToEnd } from './lib/refund/end-to-end.ts'
import { measureGrowth } from './lib/refund/growth.ts'
import { type Bench, openBench } from './lib/refund/open-bench.ts'
import { measureRecovery } from './lib/refund/recovery.ts'
import { runBench } from './lib/run-bench.ts'

const DEFAULT_ROUNDS = 9

interface Metric {
  readonly name: string
  readonly measure: (bench: Bench, rounds: number) => Promise<void>
}

const METRICS: readonly Metric[] = [
  { name: 'cases', measure: measureCases },
  { name: 'commits', measure: measureCommits },
  { name: 'end-to-end', measure: measureEndToEnd },
  { name: 'recovery', measure: measureRecovery },
  { name: 'cases-at-1m', measure: measureGrowth },
]

const HELP = `预交金退款的基准：每秒多少笔、数据多了以后、经过 HTTP、故障之后恢复要多久、每笔提交几次

用法：npm run bench -- refund [选项]
  --rounds 数目   每一对比较多少轮，至少 7，默认 ${DEFAULT_ROUNDS}
  --metric 名称   只测一项：${METRICS.map(({ name }) => name).join('、')}
  --help          显示这段说明

标准输出每行一个 JSON 对象；ratio 是我们与对方之比，越大越好。进度写到标准错误。
`

await runBench({ metrics: METRICS, help: HELP, defaultRounds: DEFAULT_ROUNDS, open: openBench })
