/**
 * How long somebody waits for the code of the card on a slow phone.
 *
 *   npm run bench -- card-code [--rounds 9] [--metric visible-4x-cpu]
 */
import { goalLine } from './lib/card-code/goal-line.ts'
import { METRICS } from './lib/card-code/metrics.ts'
import { openInstallation } from './lib/card-code/open-installation.ts'
import { phoneWithCard } from './lib/card-code/phone-with-card.ts'
import { printLine, progress, runPairedRounds } from './lib/paired-rounds.ts'
import { readOptions } from './lib/read-options.ts'

const GOAL_MS = 2_000
const DEFAULT_ROUNDS = 9

const HELP = `展码的基准：在 4 倍慢的处理器上，多久看得到码

用法：npm run bench -- card-code [选项]
  --rounds 数目   每一项测多少轮，至少 7，默认 ${DEFAULT_ROUNDS}
  --metric 名称   只测一项：${METRICS.map(({ name }) => name).join('、')}
  --help          显示这段说明

标准输出每行一个 JSON 对象；ratio 是目标（${GOAL_MS} 毫秒）与我们之比，越大越好。进度写到标准错误。
`

async function main(): Promise<void> {
  const wanted = readOptions(METRICS, ({ name }) => name, DEFAULT_ROUNDS)
  if (wanted === undefined || wanted === 'help') {
    process.stderr.write(HELP)
    process.exitCode = wanted === 'help' ? 0 : 1
    return
  }
  const installation = await openInstallation()
  try {
    for (const { name, measure } of wanted.chosen) {
      progress(`${name}：${wanted.rounds} 轮……`)
      // Each with a phone of its own: a verification of an earlier metric would show the health card's code in place of
      // the fallback.
      const phone = await phoneWithCard(installation)
      const ours = () => measure(phone, installation)
      const result = await runPairedRounds({
        ...{ ours, peer: () => GOAL_MS },
        ...{ rounds: wanted.rounds, better: 'smaller' },
      })
      printLine(goalLine(name, GOAL_MS, result))
    }
  } finally {
    await installation.close()
  }
}

await main()
