import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { startEmbedded } from './embedded.ts'
import { isAlive, livingPostmaster } from './postmaster.ts'

const ROOT = process.getuid?.() === 0

function folder(mode: number): string {
  const made = mkdtempSync(join(tmpdir(), 'zhangyi-embedded-'))
  chmodSync(made, mode)
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A process of its own that starts the database, tells its pid and then hangs until it is killed. */
async function hostProcess(dataDir: string): Promise<{ host: ChildProcess; databasePid: number }> {
  const module = join(import.meta.dirname, 'embedded.ts')
  const script = `const { startEmbedded } = await import(${JSON.stringify(module)})
    const { pid } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
    process.stdout.write(pid + '\\n')
    setInterval(() => {}, 1e6)`
  const host = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const databasePid = await new Promise<number>((resolve, reject) => {
    host.stdout?.once('data', (chunk) => resolve(Number(chunk)))
    host.once('exit', (code) => reject(new Error(`the host process ended with ${code}`)))
  })
  return { host, databasePid }
}

test('a database left by a killed process is adopted with its rows; stopped cleanly, it starts again with them', async () => {
  const dataDir = folder(0o755)
  const { host, databasePid } = await hostProcess(dataDir)
  const gone = new Promise((resolve) => host.once('exit', resolve))
  host.kill('SIGKILL')
  await gone
  expect(isAlive(databasePid)).toBe(true)

  const lines: string[] = []
  const adopted = await startEmbedded({ dataDir, durable: false, log: (line) => lines.push(line) })
  expect(adopted).toMatchObject({ adopted: true, pid: databasePid })
  expect(lines.join()).toContain('接管')
  await query(adopted.ownerUrl, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)')

  // An open connection with an open transaction does not hold up the stop.
  const open = new pg.Client({ connectionString: adopted.ownerUrl })
  open.on('error', () => {})
  await open.connect()
  await open.query('BEGIN; INSERT INTO kept VALUES (8)')
  await adopted.stop()
  expect(isAlive(databasePid)).toBe(false)
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  expect(readFileSync(join(dataDir, 'postgres', 'server.log'), 'utf8')).toContain(
    'database system is shut down',
  )

  const again = await startEmbedded({ dataDir, durable: false })
  onTestFinished(() => again.stop())
  expect(again.adopted).toBe(false)
  expect(await query(again.ownerUrl, 'SELECT id FROM kept')).toEqual([{ id: 7 }])
  await adopted.stop() // Again, of a server that is gone: nothing happens to the new one.
  expect(isAlive(again.pid)).toBe(true)
})

test('the server’s role may not pass row-level security, and nobody enters without the password', async () => {
  const dataDir = folder(0o755)
  const database = await startEmbedded({ dataDir, durable: false })
  onTestFinished(() => database.stop())
  expect(
    await query(database.appUrl, 'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user'),
  ).toEqual([{ rolsuper: false, rolbypassrls: false }])
  const wrong = new URL(database.appUrl)
  wrong.password = 'guessed'
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
})

test('below a folder that only its owner may enter it starts too: as root elsewhere, otherwise in its place', async () => {
  const dataDir = join(folder(0o700), 'checkout', '.zhangyi')
  const told = join(dataDir, 'database-is-in.txt')
  onTestFinished(() => {
    if (existsSync(told)) rmSync(dirname(readFileSync(told, 'utf8').trim()), { recursive: true, force: true })
  })
  const database = await startEmbedded({ dataDir, durable: false })
  onTestFinished(() => database.stop())
  expect(await query(database.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(existsSync(told)).toBe(ROOT)
  const lies = ROOT ? readFileSync(told, 'utf8').trim() : join(dataDir, 'postgres')
  if (ROOT) expect(lies).toMatch(/^\/var\/lib\/zhangyi\/data-[0-9a-f]{16}\/postgres$/)
  expect(existsSync(join(lies, 'PG_VERSION'))).toBe(true)
})

test('a pid file that names no process, or another program, is not taken for a database', () => {
  const dataDir = folder(0o755)
  expect(livingPostmaster(dataDir)).toBeUndefined()
  const pidFile = (pid: string) =>
    writeFileSync(join(dataDir, 'postmaster.pid'), `${pid}\n${dataDir}\n1\n5432\n`)
  for (const pid of ['', '0', 'x', '999999999']) {
    pidFile(pid)
    expect(livingPostmaster(dataDir), pid).toBeUndefined()
  }
  pidFile(String(process.pid))
  if (process.platform === 'linux') expect(livingPostmaster(dataDir)).toBeUndefined()
})

test('a first start that was cut short is begun again', async () => {
  const dataDir = folder(0o755)
  mkdirSync(join(dataDir, 'postgres'), { mode: 0o700 })
  writeFileSync(join(dataDir, 'postgres', 'half'), '')
  const database = await startEmbedded({ dataDir, durable: false })
  onTestFinished(() => database.stop())
  expect(await query(database.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(existsSync(join(dataDir, 'postgres', 'half'))).toBe(false)
})
