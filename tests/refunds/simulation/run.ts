/**
 * The simulation of refunds by itself, for a seed that failed, or for as many as one likes.
 *
 *   npm run simulate -- [--scenario everyday] [--seed 1] [--cases 200] [--days 30] [--seeds 1] [--loose]
 */
import { parseArgs } from 'node:util'
import { copyTemplate } from '../../setup/test-database.ts'
import { startTestDatabaseServer } from '../../setup/test-database-server.ts'
import { SCENARIOS, type ScenarioName } from './scenarios.ts'
import { simulate } from './simulate.ts'

const HELP = `退费的模拟证明：随机的患者、手机、窗口、微信、HIS 和时钟，每一步都对账

用法：npm run simulate -- [选项]
  --scenario 场景  默认 everyday，见下
  --seed 种子      同样的种子是同样的一次，默认 1
  --cases 笔数     申请多少笔，默认 200
  --days 天数      everyday 模拟多少天，默认 30
  --seeds 几个     从种子起连续跑几个，默认 1
  --loose          事务真的同时进行，连数据库的锁也试；每次都不一样
  --help           显示这段说明

场景：
${Object.entries(SCENARIOS)
  .map(([name, { zh }]) => `  ${name.padEnd(14)} ${zh}`)
  .join('\n')}

标准输出每个种子一行 JSON；进度写到标准错误。对不上时说出种子、笔数和第几步，退出码 1。
`
const number = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'everyday' },
    seed: number,
    cases: number,
    days: number,
    seeds: number,
    loose: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
})
const { scenario } = values
const [seed = 1, cases = 200, days, seeds = 1] = [values.seed, values.cases, values.days, values.seeds].map(
  (text) => (text === undefined ? undefined : Number(text)),
)
const isWrong =
  !isScenario(scenario) || [seed, cases, days ?? 1, seeds].some((one) => !Number.isInteger(one) || one < 1)
if (values.help || isWrong) {
  process.stderr.write(HELP)
  process.exit(values.help ? 0 : 1)
}
const say = (text: string) => void process.stderr.write(`${text}\n`)
const server = await startTestDatabaseServer()
try {
  for (let at = seed; at < seed + seeds; at++) {
    const progress = (text: string) => say(`seed ${at}: ${text}`)
    try {
      const report = await simulate({
        seed: at,
        ...{ cases, scenario, progress, loose: values.loose },
        ...(days !== undefined && { days }),
        made: await copyTemplate(server),
      })
      process.stdout.write(`${JSON.stringify(report)}\n`)
    } catch (error) {
      say((error as Error).message)
      if (process.env['ZHANGYI_SIMULATE_TRACE']) say(String(((error as Error).cause as Error)?.stack))
      process.exitCode = 1
    }
  }
} finally {
  await server.stop()
}

function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name)
}
