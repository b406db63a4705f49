import { writeFileSync } from 'node:fs'
import { formatShanghai, hospitalId, shanghaiDay, systemClock } from '@zhangyi/core'
import {
  Cipher,
  type Database,
  dayCompleteness,
  daysBetween,
  listDepartments,
  listParked,
  loadDataKey,
  loadHospitals,
  loadSettings,
  PARK_REASONS,
  type ParkReason,
  REASON_TEXTS,
  releaseParked,
  reportCsv,
  type Settings,
  SUCCESSES,
  sceneName,
  type UsageDesk,
  type UsageHospital,
  usageProblems,
  usageSchema,
} from '@zhangyi/server'
import type { Command } from 'commander'
import { StartProblem } from '../start/start-problem.ts'
import { withDatabase } from '../start/with-database.ts'

export function addUsageCommand(program: Command): void {
  const usage = program.command('usage').description('用卡数据：状态、完整性报告、科室、重新上报')
  usage
    .command('status')
    .description('一天各环节的数量，和要人处理的问题；有问题时退出码是 1')
    .option('--hospital <编号>', '医院配置里的 id，默认第一家')
    .option('--day <日期>', '年-月-日，默认今天')
    .action(status)
  usage
    .command('report')
    .description('几天的完整性报告（CSV）')
    .requiredOption('--from <日期>', '年-月-日')
    .requiredOption('--to <日期>', '年-月-日，含这一天')
    .option('--hospital <编号>', '医院配置里的 id，默认第一家')
    .option('--out <文件>', '写到文件；默认写到标准输出')
    .action(report)
  usage
    .command('departments')
    .description('还没有平台代码的科室，和等它们的事件数')
    .option('--hospital <编号>', '医院配置里的 id，默认第一家')
    .action(departments)
  usage
    .command('release')
    .description('重新上报停下的事件，记入审计')
    .requiredOption('--operator <工号>', '谁在操作，写进审计')
    .requiredOption('--day <日期>', '年-月-日')
    .requiredOption('--reason <原因>', PARK_REASONS.filter((one) => one !== 'department-unmapped').join('、'))
    .option('--may-count-twice', '结果不明的重新上报可能被平台算两次：已经知道', false)
    .option('--hospital <编号>', '医院配置里的 id，默认第一家')
    .action(release)
}

interface Wanted {
  readonly hospital?: string
}

/** Hospital and what the operations need, with the database of the settings. */
function atDesk<T>(
  { hospital: wanted }: Wanted,
  use: (desk: UsageDesk, hospital: UsageHospital) => Promise<T>,
): Promise<T> {
  const settings = loadSettings(process.env)
  const hospitals = hospitalsOf(settings)
  const hospital = wanted === undefined ? hospitals[0] : hospitals.find(({ id }) => id === wanted)
  if (!hospital) throw new StartProblem(`医院配置里没有 ${wanted}。`)
  return withDatabase(settings, (database: Database) => {
    const cipher = new Cipher(loadDataKey(settings))
    return use({ clock: systemClock, cipher, database, successes: SUCCESSES }, hospital)
  })
}

/** Without a hospitals file it is the example hospital of `npm start`. */
function hospitalsOf({ hospitalsFile }: Settings): readonly UsageHospital[] {
  if (hospitalsFile !== undefined) return loadHospitals(hospitalsFile).all
  return [{ id: hospitalId('demo'), name: '示例医院', usage: usageSchema.parse({}) }]
}

async function status({ day, ...wanted }: Wanted & { readonly day?: string }): Promise<void> {
  await atDesk(wanted, async (desk, hospital) => {
    const [shown = ''] = daysBetween(day ?? today(), day ?? today())
    const { scenes } = await dayCompleteness(desk, hospital, shown)
    write(`${hospital.name} ${shown}（截至 ${formatShanghai(desk.clock.nowMs())}）`)
    for (const one of scenes)
      write(
        `  ${one.scene} ${sceneName(one.scene)}：HIS 成功 ${one.successes ?? '—'}，入库 ${one.stored}，已上报 ${one.delivered}，待上报 ${one.pending}，停下 ${one.parked}，合并 ${one.merged}，无卡 ${one.noCard}，缺口 ${one.gap ?? '—'}`,
      )
    const problems = await desk.database.inTransaction(hospital.id, usageProblems)
    for (const problem of problems) write(`✗ ${problem}`)
    if (problems.length === 0) write('✓ 没有要人处理的问题')
    else process.exitCode = 1
  })
}

async function report({
  from,
  to,
  out,
  ...wanted
}: Wanted & { readonly from: string; readonly to: string; readonly out?: string }): Promise<void> {
  const text = await atDesk(wanted, (desk, hospital) => reportCsv(desk, hospital, daysBetween(from, to)))
  if (out === undefined) process.stdout.write(text)
  else {
    writeFileSync(out, text)
    process.stderr.write(`已写入 ${out}\n`)
  }
}

async function departments(wanted: Wanted): Promise<void> {
  await atDesk(wanted, async ({ database }, hospital) => {
    const all = await database.inTransaction(hospital.id, listDepartments)
    const open = all.filter(({ code }) => code === null)
    for (const { departmentId, name, waiting } of open)
      write(`${departmentId}\t${name}\t等 ${waiting} 个事件`)
    if (open.length === 0) write('出现过的科室都有平台代码。')
  })
}

interface ReleaseOptions extends Wanted {
  readonly operator: string
  readonly day: string
  readonly reason: string
  readonly mayCountTwice: boolean
}

async function release({ operator, day, reason, mayCountTwice, ...wanted }: ReleaseOptions): Promise<void> {
  if (!isReason(reason)) throw new StartProblem(`没有这个原因。可以是：${PARK_REASONS.join('、')}`)
  const [wantedDay = ''] = daysBetween(day, day)
  const count = await atDesk(wanted, async (desk, hospital) => {
    const groups = await desk.database.inTransaction(hospital.id, (tx) => listParked(tx, wantedDay))
    let sum = 0
    for (const group of groups.filter((one) => one.reason === reason))
      sum += await releaseParked(desk, hospital, operator, group, mayCountTwice).catch((error) => {
        throw new StartProblem(`${REASON_TEXTS[reason].name}：${firstProblem(error)}`)
      })
    return sum
  })
  write(count === 0 ? '没有这样的事件。' : `${count} 个事件重新上报；网关没有在运行的话，启动之后上报。`)
}

function isReason(text: string): text is ParkReason {
  return PARK_REASONS.some((reason) => reason === text)
}

function firstProblem(error: unknown): string {
  const fields = (error as { readonly fields?: readonly { readonly message: string }[] }).fields ?? []
  return fields[0]?.message ?? (error as Error).message
}

function today(): string {
  return shanghaiDay(systemClock.nowMs())
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
