import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { formatShanghai, MINUTE_MS } from '@zhangyi/core'
import { type RunningSandbox, startSandbox } from '@zhangyi/sandbox'
import {
  Database,
  type DemoAccounts,
  ensureDemoAccounts,
  type Hospitals,
  loadHospitals,
  loadSettings,
  type RunningServer,
  type Settings,
  startServer,
} from '@zhangyi/server'
import type { Command } from 'commander'
import { buildConsole } from '../start/build-console.ts'
import { buildPatientApp } from '../start/build-patient-app.ts'
import { claimPorts } from '../start/claim-ports.ts'
import { demoHospital } from '../start/demo-hospital.ts'
import { openDatabase } from '../start/open-database.ts'
import { sandboxPorts } from '../start/sandbox-ports.ts'
import { seedDemoRecharges } from '../start/seed-demo-recharges.ts'
import { StartProblem } from '../start/start-problem.ts'
import { stopOnSignals } from '../start/stop-on-signals.ts'

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('一条命令跑起全部：内置数据库、全部模拟器、网关、患者端')
    .addHelpText(
      'after',
      '\n端口和数据目录由 ZHANGYI_PORT、ZHANGYI_SANDBOX_PORT、ZHANGYI_DATA_DIR 决定。\n全部设置见 docs/reference/settings.md',
    )
    .action(start)
}

async function start(): Promise<void> {
  const settings = loadSettings(process.env)
  if (settings.mode === 'production')
    throw new StartProblem('npm start 带着模拟器和示例医院，只用于开发和试用，不能以 production 模式运行。')
  const dataDir = resolve(settings.dataDir)
  mkdirSync(dataDir, { recursive: true })
  await claimPorts([
    { port: settings.port, zh: '网关', setting: 'ZHANGYI_PORT' },
    ...sandboxPorts(settings.sandboxPort),
  ])
  const stopping = stopOnSignals(say)
  try {
    const h5Dir = await buildPatientApp(say)
    const consoleDir = await buildConsole(say)
    const database = await openDatabase(settings, dataDir, stopping, say)
    const sandboxDir = join(dataDir, 'sandbox')
    const sandbox = await startSandbox({ port: settings.sandboxPort, dataDir: sandboxDir })
    stopping.add(() => sandbox.stop())
    const hospitals = settings.hospitalsFile
      ? loadHospitals(settings.hospitalsFile)
      : demoHospital(sandbox, dataDir)
    const server = await startServer({
      settings: { ...settings, dataDir },
      hospitals,
      ...database,
      h5Dir,
      consoleDir,
      clock: sandbox.clock,
    })
    stopping.add(() => server.stop())
    const accounts = await seedDemo(sandbox, { ...settings, dataDir }, hospitals, database.databaseUrl)
    welcome(server, sandbox, dataDir, accounts)
  } catch (error) {
    await stopping.stopAll()
    throw error
  }
}

async function seedDemo(
  sandbox: RunningSandbox,
  settings: Settings,
  hospitals: Hospitals,
  url: string,
): Promise<DemoAccounts> {
  const database = new Database({ url })
  try {
    if (!settings.hospitalsFile) await seedDemoRecharges({ sandbox, hospitals, database })
    return await ensureDemoAccounts({ database, clock: sandbox.clock, settings })
  } finally {
    await database.close()
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function welcome(
  { origin }: RunningServer,
  sandbox: RunningSandbox,
  dataDir: string,
  { loginNames, password }: DemoAccounts,
): void {
  process.stdout.write(`
掌医已就绪

  患者端      ${origin}/h5/        ← 先点这里：领取电子健康卡
  沙箱控制台  ${sandbox.controlOrigin}/        ← 让平台出故障、拨快时间、看收到的调用
  换一个微信  ${sandbox.origins.weixin}/        ← 换成别人的手机
  医院台面    ${sandbox.origins['his-rest']}/        ← 当 HIS 的操作员：查档案、充值、开单
  接口文档    ${origin}/docs
  运营后台    ${origin}/console/        ← 登录名 ${loginNames.join('、')}，口令都是 ${password}

  数据目录 ${dataDir}；Ctrl-C 停止，下次启动数据还在。
${movedClock(sandbox)}`)
}

/** A clock that was moved in an earlier run surprises whoever has forgotten it. */
function movedClock({ clock, controlOrigin }: RunningSandbox): string {
  if (Math.abs(clock.offsetMs) < MINUTE_MS) return ''
  return `  沙箱时间拨动过，现在是 ${formatShanghai(clock.nowMs())}；在 ${controlOrigin}/ 查看\n`
}
