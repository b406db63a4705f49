import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemClock } from '@zhangyi/core'
import { Database, ensureFirstAccount, loadHospitals, loadSettings, startServer } from '@zhangyi/server'
import type { Command } from 'commander'
import { buildConsole } from '../start/build-console.ts'
import { buildPatientApp } from '../start/build-patient-app.ts'
import { claimPorts } from '../start/claim-ports.ts'
import { openDatabase } from '../start/open-database.ts'
import { StartProblem } from '../start/start-problem.ts'
import { stopOnSignals } from '../start/stop-on-signals.ts'

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('只运行网关和患者端，不带沙箱：医院配置决定连接谁')
    .addHelpText(
      'after',
      '\n需要 ZHANGYI_HOSPITALS_FILE；生产模式还需要数据库连接串和主密钥的文件。\n先用 zhangyi doctor 检查。全部设置见 docs/reference/settings.md',
    )
    .action(serve)
}

async function serve(): Promise<void> {
  const settings = loadSettings(process.env)
  if (settings.hospitalsFile === undefined)
    throw new StartProblem(
      '请用 ZHANGYI_HOSPITALS_FILE 指出医院配置（写法见 docs/reference/hospitals.md）。只想试用，请运行 npm start。',
    )
  if (settings.mode === 'production' && settings.databaseUrl === undefined)
    throw new StartProblem('生产模式请用 ZHANGYI_DATABASE_URL_FILE 指出存有数据库连接串的文件。')
  const hospitals = readHospitals(settings.hospitalsFile)
  const dataDir = resolve(settings.dataDir)
  mkdirSync(dataDir, { recursive: true })
  await claimPorts([{ port: settings.port, zh: '网关', setting: 'ZHANGYI_PORT' }])
  const stopping = stopOnSignals(say)
  try {
    const apps = { h5Dir: await buildPatientApp(say), consoleDir: await buildConsole(say) }
    const database = await openDatabase(settings, dataDir, stopping, say)
    const server = await startServer({ settings: { ...settings, dataDir }, hospitals, ...database, ...apps })
    stopping.add(() => server.stop())
    const first = await openFirstAccount(database.databaseUrl)
    process.stdout.write(
      `\n掌医已就绪\n\n  患者端    ${server.origin}/h5/\n  运营后台  ${server.origin}/console/${first}\n  就绪      ${server.origin}/readyz\n\n  Ctrl-C 停止。\n`,
    )
  } catch (error) {
    await stopping.stopAll()
    throw error
  }
}

/** Told where it is started, and nowhere else: it is in no log, and good until the first sign-in. */
async function openFirstAccount(url: string): Promise<string> {
  const database = new Database({ url, maxConnections: 1 })
  try {
    const first = await ensureFirstAccount({ database, clock: systemClock })
    return first ? `        ← 第一次登录：${first.loginName}，一次性口令 ${first.password}（登录后要换）` : ''
  } finally {
    await database.close()
  }
}

function readHospitals(file: string) {
  try {
    return loadHospitals(file)
  } catch (error) {
    throw new StartProblem((error as Error).message)
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
