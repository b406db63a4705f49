import { type HospitalId, hospitalId } from '@zhangyi/core'
import {
  audited,
  type ChainReport,
  chainPlaceText,
  checkChain,
  INSTALLATION,
  loadHospitals,
  loadSettings,
  parseChainPlace,
  type Settings,
} from '@zhangyi/server'
import type { Command } from 'commander'
import { StartProblem } from '../start/start-problem.ts'
import { withDatabase } from '../start/with-database.ts'

interface CheckOptions {
  readonly hospital?: string
  readonly since?: string
}

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('审计：检查审计链')
    .command('check')
    .description(
      '重新计算每一条的指纹，查出被改、被删、被插入、被剪掉的条目，并印出链头；有问题时退出码是 1。不改任何数据',
    )
    .option('--hospital <编号>', `医院配置里的 id；${INSTALLATION} 是账号和登录的审计。不写就检查全部`)
    .option('--since <位置:指纹>', '以前抄下的链头：链必须经过它，从那里查起；要和 --hospital 一起用')
    .action(check)
}

async function check({ hospital, since: text }: CheckOptions): Promise<void> {
  if (text !== undefined && hospital === undefined)
    throw new StartProblem('--since 是一条链的链头，请用 --hospital 说明是哪一条。')
  const settings = loadSettings(process.env)
  const all = chainsOf(settings)
  const chosen = hospital === undefined ? all : all.filter(({ id }) => id === hospital)
  if (chosen.length === 0) throw new StartProblem(`医院配置里没有 ${hospital}。`)
  await withDatabase(settings, async (database) => {
    const since = text === undefined ? undefined : parseChainPlace(text)
    for (const { id, name } of chosen) {
      const report = await checkChain(database, id, { ...(since && { since }), onProgress: showProgress })
      tell(name, report)
      if (!report.isWhole) process.exitCode = 1
    }
  }).catch((error) => {
    throw told(error)
  })
}

interface Chain {
  readonly id: HospitalId
  readonly name: string
}

/** Without a hospitals file it is the example hospital of `npm start`. */
function chainsOf({ hospitalsFile }: Settings): readonly Chain[] {
  const hospitals =
    hospitalsFile === undefined
      ? [{ id: hospitalId('demo'), name: '示例医院' }]
      : loadHospitals(hospitalsFile).all
  const nameOf = (id: HospitalId) => hospitals.find((one) => one.id === id)?.name ?? '账号和登录'
  return audited({ all: hospitals }).map((id) => ({ id, name: `${nameOf(id)}（${id}）` }))
}

function tell(name: string, { problem, after, checked, head, unlinked }: ChainReport): void {
  if (problem) {
    write(`✗ ${name}：审计链不完好。${problem.zh}`)
    write(`  在它之前的 ${checked} 条完好。请马上保全数据库和备份，不要再改动；怎样查见 docs/guides/audit.md`)
    return
  }
  if (head.place === 0) {
    write(`✓ ${name}：还没有入链的审计${waiting(unlinked)}`)
    return
  }
  const range = checked === 0 ? '没有新的' : `第 ${after + 1} 至 ${head.place} 条`
  write(`✓ ${name}：完好，检查了 ${checked} 条（${range}）${waiting(unlinked)}`)
  write(`  链头 ${chainPlaceText(head)}`)
}

function waiting(unlinked: number): string {
  return unlinked === 0 ? '' : `，还有 ${unlinked} 条等待入链`
}

function showProgress({ done, of }: { readonly done: number; readonly of: number }): void {
  if (of > 0) process.stderr.write(`\r${done} / ${of}${done === of ? '\n' : ''}`)
}

/** What a person can mend is told without a stack. */
function told(error: unknown): unknown {
  const { fields = [] } = error as { readonly fields?: readonly { readonly message: string }[] }
  return fields.length === 0 ? error : new StartProblem(fields.map(({ message }) => message).join('\n'))
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
