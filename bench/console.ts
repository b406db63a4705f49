/**
 * 运营后台: what a clerk waits for, on tables of a million rows, or more, beside the same of ten thousand.
 *
 *   npm run bench -- console [--rounds 7] [--metric audit-deep-page] [--rows 10000000]
 */
import { measureFirstLoads } from './lib/console/first-load.ts'
import { measureQuestion } from './lib/console/measure-question.ts'
import { type Bench, openBench } from './lib/console/open-bench.ts'
import { QUESTIONS } from './lib/console/questions.ts'
import { BY_ROWS, CAPPED, CAPPED_ROWS } from './lib/console/tables.ts'
import { type Metric, runBench } from './lib/run-bench.ts'

const DEFAULT_ROUNDS = 7
/** Below that there is nothing to compare with the small one. */
const ROWS = { usual: 1_000_000, least: 50_000, most: 10_000_000 }

const METRICS: readonly Metric<Bench>[] = [
  ...QUESTIONS.map((question) => ({
    name: question.metric,
    measure: (bench: Bench, rounds: number) => measureQuestion(bench, question, rounds),
  })),
  { name: 'first-load', measure: () => measureFirstLoads() },
]

const HELP = `运营后台的基准：一百万行（或更多）的表，和一万行的比；各页第一次打开要多少字节

用法：npm run bench -- console [选项]
  --rounds 数目   每一对比较多少轮，至少 7，默认 ${DEFAULT_ROUNDS}
  --metric 名称   只测一项：${METRICS.map(({ name }) => name).join('、')}
  --rows 数目     ${BY_ROWS.join('、')}各多少行，${ROWS.least} 至 ${ROWS.most}，默认 ${ROWS.usual}；
                  其余的表（${CAPPED.join('、')}）同样多，但最多 ${CAPPED_ROWS} 行。
                  一千万行要约 25 GB 磁盘，两核上先装十来分钟
  --help          显示这段说明

标准输出每行一个 JSON 对象；ratio 是一万行的时间与大表的时间之比，越大越好。进度写到标准错误。
`

await runBench({ metrics: METRICS, help: HELP, defaultRounds: DEFAULT_ROUNDS, rows: ROWS, open: openBench })
