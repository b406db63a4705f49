/**
 * The WeChat Pay client beside a library and beside bare node:crypto.
 *
 *   npm run bench -- clients [--rounds 21] [--metric sign|verify|decrypt|parse-bill]
 */
import { decryptBare, decryptLibrary, decryptOurs } from './lib/clients/decrypt.ts'
import { measureBillMemory, parseLibrary, parseOurs } from './lib/clients/parse-bill.ts'
import { signBare, signLibrary, signOurs } from './lib/clients/sign.ts'
import { verifyBare, verifyLibrary, verifyOurs } from './lib/clients/verify.ts'
import {
  formatLine,
  type Pairing,
  printLine,
  progress,
  ratePerSecond,
  runPairedRounds,
} from './lib/paired-rounds.ts'
import { readOptions } from './lib/read-options.ts'

const HELP = `微信支付客户端的基准：与 wechatpay-axios-plugin 和直接调用 node:crypto 比较

用法：npm run bench -- clients [选项]
  --rounds 数目   每一对比较多少轮，至少 7，默认 21
  --metric 名称   只测一项：sign、verify、decrypt、parse-bill
  --help          显示这段说明

标准输出每行一个 JSON 对象；ratio 是我们与对方之比，越大越好。进度写到标准错误。
`

const LIBRARY = 'wechatpay-axios-plugin'
const BARE = 'bare-crypto'
const MEMORY_GOAL_MB = 200
const DEFAULT_ROUNDS = 21

interface Contest extends Pick<Pairing, 'ours' | 'peer'> {
  readonly metric: string
  readonly unit: string
  readonly peer: Pairing['peer']
  readonly peerName: string
}

const rates = (
  metric: string,
  ours: () => unknown,
  peers: Readonly<Record<string, () => unknown>>,
): Contest[] =>
  Object.entries(peers).map(([peerName, peer]) => ({
    ...{ metric, unit: 'ops/s', peerName },
    ours: ratePerSecond(ours),
    peer: ratePerSecond(peer),
  }))

const contests: readonly Contest[] = [
  ...rates('sign', signOurs, { [LIBRARY]: signLibrary, [BARE]: signBare }),
  ...rates('verify', verifyOurs, { [LIBRARY]: verifyLibrary, [BARE]: verifyBare }),
  ...rates('decrypt', decryptOurs, { [LIBRARY]: decryptLibrary, [BARE]: decryptBare }),
  { metric: 'parse-bill', unit: 'rows/s', peerName: LIBRARY, ours: parseOurs, peer: parseLibrary },
]

async function main(): Promise<void> {
  const wanted = readOptions(contests, ({ metric }) => metric, DEFAULT_ROUNDS)
  if (wanted === undefined || wanted === 'help') {
    process.stderr.write(HELP)
    process.exitCode = wanted === 'help' ? 0 : 1
    return
  }
  const { rounds, chosen } = wanted
  for (const { metric, unit, peerName, ours, peer } of chosen) {
    progress(`${metric}：与 ${peerName} 比较，${rounds} 轮……`)
    const result = await runPairedRounds({ ours, peer, rounds })
    printLine(formatLine({ bench: 'clients', metric, unit, peer: peerName }, result))
  }
  if (chosen.some(({ metric }) => metric === 'parse-bill')) await printMemory()
}

async function printMemory(): Promise<void> {
  progress('memory：另一个进程里读一百万行……')
  const { rows, seconds, aboveIdleMb } = await measureBillMemory()
  printLine(
    JSON.stringify({
      ...{ bench: 'clients', metric: 'memory', value: Math.round(aboveIdleMb), unit: 'MB', rows },
      ...{ seconds: Number(seconds.toFixed(2)), goal: MEMORY_GOAL_MB },
      verdict: aboveIdleMb < MEMORY_GOAL_MB ? 'met' : 'missed',
    }),
  )
}

await main()
