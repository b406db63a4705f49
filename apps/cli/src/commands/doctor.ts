import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { SANDBOX_PORTS } from '@zhangyi/sandbox'
import {
  Cipher,
  Database,
  dataKeyPlace,
  keyPlaces,
  loadHospitals,
  loadSettings,
  readDataKey,
  readSecret,
  readSecretFile,
  type Settings,
  SettingsError,
  secretOpener,
  startEmbedded,
} from '@zhangyi/server'
import type { Command } from 'commander'
import { checkHis } from '../doctor/check-his.ts'
import { checkRooms } from '../doctor/check-rooms.ts'
import { checkUsage } from '../doctor/check-usage.ts'
import { bad, type Finding, good, lineOf } from '../doctor/finding.ts'

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      '检查设置、端口、数据库、医院配置、HIS、密钥、微信支付和消息渠道，逐项说明调用了什么、怎么办；没有接口能证明的标明需人工举证',
    )
    .action(async () => {
      const findings = await examine(process.env)
      for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`)
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1
    })
}

async function examine(env: Readonly<Record<string, string | undefined>>): Promise<readonly Finding[]> {
  const node = checkNode(process.versions.node)
  try {
    const settings = loadSettings(env)
    return [
      node,
      good('设置：没有拼错的变量，取值都在范围内'),
      ...(await checkPorts(settings)),
      checkDataDir(settings),
      await told('数据库', '请确认它在运行，连接串里的地址、角色和密码都对', () => checkDatabase(settings)),
      await told('主密钥', '请换成用 openssl rand -hex 32 生成的文件', () => checkKey(settings)),
      await told('医院配置', '写法见 docs/reference/hospitals.md', () => checkHospitals(settings)),
      ...(await checkEachHis(settings)),
      ...(await checkUsage(settings)),
      ...(await checkRooms(settings)),
    ]
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return [node, ...error.problems.map((problem) => bad(`设置：${problem}`))]
  }
}

/** A check that throws is a problem with its message and what helps. */
async function told(zh: string, todo: string, check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check()
  } catch (error) {
    return bad(`${zh}：${(error as Error).message}。${todo}`)
  }
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
    ? good(`Node.js ${version}`)
    : bad(`Node.js ${version} 太旧：请用 22.18 或更新的版本；在仓库里 npm start 会自带合适的版本`)
}

async function checkPorts({ port, sandboxPort, mode }: Settings): Promise<readonly Finding[]> {
  const gateway = await checkPort(port, '网关', 'ZHANGYI_PORT', '/healthz')
  if (mode === 'production') return [gateway]
  const wanted = Array.from({ length: SANDBOX_PORTS }, (_, index) => sandboxPort + index)
  const sandbox = await Promise.all(
    wanted.map((one) => checkPort(one, '沙箱', 'ZHANGYI_SANDBOX_PORT', one === sandboxPort ? '/clock' : '/')),
  )
  const problems = sandbox.filter(({ ok }) => !ok)
  const last = sandboxPort + SANDBOX_PORTS - 1
  return [gateway, ...(problems.length > 0 ? problems : [good(`端口 ${sandboxPort}–${last}（沙箱）可用`)])]
}

async function checkPort(port: number, zh: string, setting: string, path: string): Promise<Finding> {
  if (await isFree(port)) return good(`端口 ${port}（${zh}）空闲`)
  const ours = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
  return ours
    ? good(`端口 ${port}（${zh}）正在使用，并且有答复：掌医应当正在运行`)
    : bad(`端口 ${port}（${zh}）被别的程序占用：停掉它，或设置 ${setting} 换一个端口`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function checkDataDir({ dataDir }: Settings): Finding {
  const wanted = resolve(dataDir)
  let folder = wanted
  while (!existsSync(folder)) folder = dirname(folder)
  try {
    accessSync(folder, constants.W_OK)
    return good(`数据目录 ${wanted}${folder === wanted ? '' : '（启动时建立）'}`)
  } catch {
    return bad(`数据目录 ${wanted} 不能写：请改 ${folder} 的权限，或设置 ZHANGYI_DATA_DIR`)
  }
}

async function checkDatabase(settings: Settings): Promise<Finding> {
  const { databaseUrl, ownerDatabaseUrl, dataDir, mode } = settings
  if (databaseUrl !== undefined) {
    const opener = secretOpener(settings)
    await query(readSecret(opener, databaseUrl), checkRole)
    if (ownerDatabaseUrl !== undefined)
      await query(readSecret(opener, ownerDatabaseUrl), (database) => database.ping())
    return good('数据库：能连上，服务角色受行级安全约束')
  }
  if (mode === 'production')
    return bad('数据库：生产环境请设置 ZHANGYI_DATABASE_URL_FILE，指向存有连接串的文件')
  if (!existsSync(join(resolve(dataDir), 'database-password')))
    return good('数据库：内置 PostgreSQL，首次启动时建立')
  const embedded = await startEmbedded({ dataDir })
  try {
    await query(embedded.appUrl, checkRole)
    return good(`数据库：内置 PostgreSQL ${embedded.adopted ? '正在运行' : '能启动'}，能连上`)
  } finally {
    // One that was running before belongs to somebody else.
    if (!embedded.adopted) await embedded.stop()
  }
}

async function query(url: string, check: (database: Database) => Promise<void>): Promise<void> {
  const database = new Database({ url, maxConnections: 1 })
  try {
    await check(database)
  } finally {
    await database.close()
  }
}

async function checkRole({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ free: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user',
  )
  if (rows[0]?.free) throw new Error('服务角色绕过行级安全；请换一个没有 SUPERUSER、BYPASSRLS 的角色')
}

function checkKey(settings: Settings): Finding {
  const { dataKeyFile, mode } = settings
  const file = dataKeyPlace(settings)
  if (!existsSync(file))
    return dataKeyFile === undefined && mode === 'development'
      ? good('主密钥：首次启动时生成在数据目录里')
      : bad(`主密钥：没有 ${file}。生成一个：openssl rand -hex 32 > 文件；并设置 ZHANGYI_DATA_KEY_FILE`)
  new Cipher(readDataKey(settings))
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    return bad(`主密钥：别的用户也能读 ${file}，请执行 chmod 600 ${file}`)
  return good(`主密钥：${file}`)
}

function checkHospitals(settings: Settings): Finding {
  const { hospitalsFile, mode } = settings
  if (hospitalsFile === undefined)
    return mode === 'development'
      ? good('医院配置：使用指向沙箱的示例医院')
      : bad('医院配置：请设置 ZHANGYI_HOSPITALS_FILE（写法见 docs/reference/hospitals.md）')
  const { all } = loadHospitals(hospitalsFile)
  const names = all.map(({ name }) => name).join('、')
  const files = new Set(all.flatMap(keyPlaces).map(({ file }) => file))
  const opener = secretOpener(settings)
  const plain = [...files].filter((file) => !readSecretFile(opener, file).isSealed).length
  const advice = plain > 0 && mode === 'production' ? '；明文的可以用 zhangyi keys seal 加密' : ''
  return good(`医院配置：${names}。密钥文件 ${files.size} 个，加密 ${files.size - plain} 个${advice}`)
}

/** Only of hospitals that could be read; that they cannot is a finding of its own. */
async function checkEachHis(settings: Settings): Promise<readonly Finding[]> {
  const { hospitalsFile } = settings
  if (hospitalsFile === undefined) return []
  try {
    const opener = secretOpener(settings)
    return await Promise.all(loadHospitals(hospitalsFile).all.map((hospital) => checkHis(hospital, opener)))
  } catch {
    return []
  }
}
