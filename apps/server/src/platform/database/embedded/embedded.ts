import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { isReachableBy, readyBinaries, type ServerUser, serverUser, sharedFolder } from './binaries.ts'
import { freePort, isAlive, livingPostmaster, stopPostmaster } from './postmaster.ts'

const START_TIMEOUT_MS = 60_000
const OWNER = 'zhangyi_owner'
const APP_ROLE = 'zhangyi_app'
const DATABASE = 'zhangyi'

export interface EmbeddedOptions {
  /** Our data folder; the database lies in its `postgres` folder, or where a link file in it says. */
  readonly dataDir: string
  /** For tests only: without fsync a crash of the machine may lose data. */
  readonly durable?: boolean
  readonly log?: (line: string) => void
}

export interface EmbeddedPostgres {
  /** For migrations. */
  readonly ownerUrl: string
  /** For the server: a role without BYPASSRLS. */
  readonly appUrl: string
  readonly pid: number
  readonly adopted: boolean
  stop(): Promise<void>
}

/** Starts the PostgreSQL that came with npm, or adopts the one that an earlier, killed process of ours left running. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => {} } = options
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  const user = serverUser()
  const folder = databaseFolder(dataDir, user)
  const passwordFile = join(dataDir, 'database-password')

  const left = livingPostmaster(folder)
  if (left) {
    const password = existsSync(passwordFile) ? readFileSync(passwordFile, 'utf8').trim() : ''
    if (left.port && (await answers(left.port, password))) {
      log(`接管上次没有停下的内置数据库（进程 ${left.pid}）`)
      return handle(left.pid, left.port, password, true)
    }
    log(`停掉上次留下的内置数据库（进程 ${left.pid}）`)
    await stopPostmaster(left.pid)
  }

  const binaries = readyBinaries(user)
  const password = existsSync(passwordFile)
    ? readFileSync(passwordFile, 'utf8').trim()
    : randomBytes(24).toString('hex')
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    log('首次启动：建立内置数据库')
    writeFileSync(passwordFile, password, { mode: 0o600 })
    await initialise(binaries, folder, password, user)
  }
  const port = await freePort()
  const child = launch(binaries, folder, port, durable, user)
  await untilReady(child, port, password, folder)
  await ensureRolesAndDatabase(port, password)
  return handle(child.pid as number, port, password, false)
}

function handle(pid: number, port: number, password: string, adopted: boolean): EmbeddedPostgres {
  return {
    ownerUrl: url(OWNER, password, port, DATABASE),
    appUrl: url(APP_ROLE, password, port, DATABASE),
    pid,
    adopted,
    stop: () => stopPostmaster(pid),
  }
}

function url(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
}

/** Below a home that only root may read, the files go to `/var/lib/zhangyi`, one folder for each data folder. */
function databaseFolder(dataDir: string, user: ServerUser | undefined): string {
  if (!user || isReachableBy(user, dataDir)) return join(dataDir, 'postgres')
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const folder = join(sharedFolder(`data-${name}`), 'postgres')
  writeFileSync(join(dataDir, 'database-is-in.txt'), `${folder}\n`)
  return folder
}

async function initialise(
  binaries: string,
  folder: string,
  password: string,
  user?: ServerUser,
): Promise<void> {
  // A folder without PG_VERSION is an initdb that was cut short: it never held data.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  const pwfile = join(folder, '..', `.pw-${process.pid}`)
  writeFileSync(pwfile, password, { mode: 0o600 })
  if (user) {
    chownSync(folder, user.uid, user.gid)
    chownSync(pwfile, user.uid, user.gid)
  }
  try {
    const flags = [
      '-D',
      folder,
      '-U',
      OWNER,
      `--pwfile=${pwfile}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
    ]
    await promisify(execFile)(binary(binaries, 'initdb'), flags, { ...user, cwd: '/' })
  } finally {
    rmSync(pwfile, { force: true })
  }
}

function launch(
  binaries: string,
  folder: string,
  port: number,
  durable: boolean,
  user?: ServerUser,
): ChildProcess {
  const set = (name: string, value: string) => ['-c', `${name}=${value}`]
  const logFile = join(folder, 'server.log')
  const output = openSync(logFile, 'a', 0o600)
  if (user) chownSync(logFile, user.uid, user.gid)
  // Detached: Ctrl-C in the terminal must reach us first, so that we close our connections before it stops.
  return spawn(
    binary(binaries, 'postgres'),
    [
      '-D',
      folder,
      '-p',
      String(port),
      ...set('listen_addresses', '127.0.0.1'),
      ...set('unix_socket_directories', ''),
      // One that may be lost is shared by the tests of several files at once, each with servers and pools of its own.
      ...set('max_connections', durable ? '100' : '400'),
      ...set('shared_buffers', '64MB'),
      ...(durable
        ? []
        : [...set('fsync', 'off'), ...set('synchronous_commit', 'off'), ...set('full_page_writes', 'off')]),
    ],
    { ...user, cwd: '/', detached: true, stdio: ['ignore', output, output] },
  ).on('error', () => {})
}

function binary(binaries: string, name: string): string {
  return join(binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

async function untilReady(
  child: ChildProcess,
  port: number,
  password: string,
  folder: string,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += 25) {
    if (child.pid === undefined || child.exitCode !== null || !isAlive(child.pid)) break
    if (await answers(port, password)) {
      child.unref()
      return
    }
    await delay(25)
  }
  throw new Error(`内置数据库没有启动成功，原因见 ${join(folder, 'server.log')}`)
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url(OWNER, password, port, 'postgres'),
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function ensureRolesAndDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url(OWNER, password, port, 'postgres') })
  await client.connect()
  try {
    const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APP_ROLE])
    if (roles.rowCount === 0)
      await client.query(
        `CREATE ROLE ${APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`,
      )
    const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}
