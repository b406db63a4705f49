import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type RunningSandbox, startSandbox } from '@zhangyi/sandbox'
import { loadSettings, type RunningServer, startEmbedded, startServer } from '@zhangyi/server'
import type { Command } from 'commander'
import { buildPatientApp } from '../start/build-patient-app.ts'
import { claimPorts } from '../start/claim-ports.ts'
import { demoHospital } from '../start/demo-hospital.ts'
import { StartProblem } from '../start/start-problem.ts'

const SANDBOX_PORTS = 5

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
    throw new StartProblem(
      'npm start 带着模拟器和示例医院，只用于开发和试用；生产环境请用 zhangyi serve（见 docs/operations）。',
    )
  const dataDir = resolve(settings.dataDir)
  mkdirSync(dataDir, { recursive: true })
  await claimPorts([
    { port: settings.port, zh: '网关', setting: 'ZHANGYI_PORT' },
    ...Array.from({ length: SANDBOX_PORTS }, (_, index) => ({
      port: settings.sandboxPort + index,
      zh: '沙箱',
      setting: 'ZHANGYI_SANDBOX_PORT',
    })),
  ])

  const stops: (() => Promise<void>)[] = []
  const stopAll = stopOnce(stops)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll())
  // The bootstrap that started us was killed: stop as on Ctrl-C.
  process.on('disconnect', () => void stopAll())

  try {
    const h5Dir = await buildPatientApp(say)
    const database = await startEmbedded({ dataDir, log: say })
    stops.push(() => database.stop())
    const sandbox = await startSandbox({ port: settings.sandboxPort, dataDir: join(dataDir, 'sandbox') })
    stops.push(() => sandbox.stop())
    const server = await startServer({
      settings: { ...settings, dataDir },
      hospitals: demoHospital(sandbox, dataDir),
      databaseUrl: database.appUrl,
      ownerDatabaseUrl: database.ownerUrl,
      h5Dir,
      clock: sandbox.clock,
    })
    stops.push(() => server.stop())
    welcome(server, sandbox, dataDir)
  } catch (error) {
    await stopAll(false)
    throw error
  }
}

function stopOnce(stops: (() => Promise<void>)[]): (exit?: boolean) => Promise<void> {
  let stopping: Promise<void> | undefined
  return (exit = true) => {
    stopping ??= (async () => {
      for (const stop of stops.reverse())
        await stop().catch((error) => say(`停止时出错：${(error as Error).message}`))
      if (exit) {
        say('已停止。')
        process.exit(0)
      }
    })()
    return stopping
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function welcome({ origin }: RunningServer, sandbox: RunningSandbox, dataDir: string): void {
  process.stdout.write(`
掌医已就绪

  患者端      ${origin}/h5/        ← 先点这里：领取电子健康卡
  沙箱控制台  ${sandbox.controlOrigin}/        ← 让平台出故障、拨快时间、看收到的调用
  换一个微信  ${sandbox.origins.wechat}/        ← 换成别人的手机
  接口文档    ${origin}/docs
  运营后台    ${origin}/console/

  数据目录 ${dataDir}；Ctrl-C 停止，下次启动数据还在。
`)
}
