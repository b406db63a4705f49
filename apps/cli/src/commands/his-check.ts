import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type ConformanceFixtures,
  createSimulatedHospital,
  formatConformance,
  type HisPort,
  KNOWN,
  parseFixtures,
  runConformance,
} from '@zhangyi/his'
import type { Command } from 'commander'
import { StartProblem } from '../start/start-problem.ts'

interface HisCheckOptions {
  readonly fixtures?: string
  readonly timeLimit?: string
}

export function addHisCommand(program: Command): void {
  program
    .command('his')
    .description('HIS 适配器')
    .command('check')
    .description('逐项检查一个 HIS 适配器；会新建档案，只能对着 HIS 的测试环境运行')
    .argument('[module]', '适配器模块（.ts 或 .js），默认导出 HisPort 或返回它的函数；省略时检查模拟医院')
    .option('--fixtures <file>', '样本文件（JSON）：HIS 里已有的人；写法见 docs/guides/his-adapter.md')
    .option('--time-limit <ms>', '每次调用的时限（毫秒），默认 5000')
    .action(checkHis)
}

async function checkHis(module: string | undefined, options: HisCheckOptions): Promise<void> {
  const timeLimitMs = parseTimeLimit(options.timeLimit)
  const fixtures = loadFixtures(module, options.fixtures)
  const port = module === undefined ? createSimulatedHospital().port : await loadAdapter(module)
  const results = await runConformance(port, fixtures, timeLimitMs === undefined ? {} : { timeLimitMs })
  const failed = results.some(({ status }) => status === 'failed')
  // An adapter may keep connections open, which would hold the process: leave once the report is written.
  process.stdout.write(`${formatConformance(results)}\n`, () => process.exit(failed ? 1 : 0))
}

function parseTimeLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new StartProblem('--time-limit 应当是 1–999999 的毫秒数。')
  return Number(text)
}

function loadFixtures(module: string | undefined, file: string | undefined): ConformanceFixtures {
  if (file === undefined && module === undefined)
    return {
      oneArchive: KNOWN.liMinghua,
      severalArchives: KNOWN.sunGuizhen,
      filedUnder15: KNOWN.zhaoDefu,
    }
  if (file === undefined)
    throw new StartProblem(
      '请用 --fixtures 给出样本文件：HIS 测试环境里已有的人。写法见 docs/guides/his-adapter.md',
    )
  if (!existsSync(file)) throw new StartProblem(`找不到样本文件 ${resolve(file)}`)
  try {
    return parseFixtures(JSON.parse(readFileSync(file, 'utf8')), new Date().toISOString().slice(0, 10))
  } catch (error) {
    // A syntax error quotes the file, and with it names and numbers.
    const why = error instanceof SyntaxError ? '不是有效的 JSON' : (error as Error).message
    throw new StartProblem(`样本文件 ${resolve(file)} 不能用：${why}`)
  }
}

async function loadAdapter(module: string): Promise<HisPort> {
  const file = resolve(module)
  if (!existsSync(file)) throw new StartProblem(`找不到适配器模块 ${file}`)
  const { default: exported } = (await import(pathToFileURL(file).href)) as { readonly default?: unknown }
  const port: unknown = typeof exported === 'function' ? await exported() : exported
  if (!isHisPort(port))
    throw new StartProblem(
      `${file} 的默认导出应当是 HisPort，或返回 HisPort 的函数：要有 probe、archives.find、archives.create、cards.bind。`,
    )
  return port
}

function isHisPort(value: unknown): value is HisPort {
  const { probe, archives, cards } = (value ?? {}) as Partial<HisPort>
  return [probe, archives?.find, archives?.create, cards?.bind].every((one) => typeof one === 'function')
}
