/**
 * 运营后台: what a clerk waits for, on tables of a million rows beside the same of ten thousand.
 *
 *   npm run bench -- console [--rounds 7] [--metric audit-deep-page]
 */
import { measureFirstLoads } from './lib/console/first-load.ts'
import { measureQuestion } from './lib/console/measure-question.ts'
import { type Bench, openBench } from './lib/console/open-bench.ts'
import { QUESTIONS } from './lib/console/questions.ts'
import { type Metric, runBench } from './lib/run-bench.ts'

const DEFAULT_ROUNDS = 7

const METRICS: readonly Metric<Bench>[] = [
  ...QUESTIONS.map((question) => ({
    name: question.metric,
    measure: (bench: Bench, rounds: number) => measureQuestion(bench, question, rounds),
  })),
  { name: 'first-load', measure: () => measureFirstLoads() },
]

const HELP = `运营后台的基准：一百万行的表，和一万行的比；各页第一次打开要多少字节

用法：npm run bench -- console [选项]
  --rounds 数目   每一对比较多少轮，至少 7，默认 ${DEFAULT_ROUNDS}
  --metric 名称   只测一项：${METRICS.map(({ name }) => name).join('、')}
  --help          显示这段说明

标准输出每行一个 JSON 对象；ratio 是一万行的时间与一百万行的时间之比，越大越好。进度写到标准错误。
`

await runBench({ metrics: METRICS, help: HELP, defaultRounds: DEFAULT_ROUNDS, open: openBench })
