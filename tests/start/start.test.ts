import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePortBase } from '@zhangyi/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { builtPatient } from '../../apps/patient/harness/built-patient.ts'

const BOOTSTRAP = join(import.meta.dirname, '../../scripts/bootstrap.mjs')

interface Running {
  readonly child: ChildProcess
  readonly origin: string
  readonly control: string
  readonly output: () => string
  readonly exited: Promise<number | null>
}

interface Place {
  readonly port: number
  readonly dataDir: string
}

async function newPlace(): Promise<Place> {
  await builtPatient('h5')
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-start-'))
  // As root PostgreSQL runs as another user, who must be able to walk in.
  chmodSync(dataDir, 0o755)
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  return { port: await freePortBase(), dataDir }
}

function launch({ port, dataDir }: Place): Running {
  const child = spawn(process.execPath, [BOOTSTRAP, 'start'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ZHANGYI_PORT: String(port + 9),
      ZHANGYI_SANDBOX_PORT: String(port),
      ZHANGYI_DATA_DIR: dataDir,
    },
    // A process group of its own, so that a test can press Ctrl-C for the whole group as a terminal does.
    detached: true,
  })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
    stopDatabase(dataDir)
  })
  return {
    child,
    origin: `http://127.0.0.1:${port + 9}`,
    control: `http://127.0.0.1:${port}`,
    output: () => output,
    exited,
  }
}

async function untilReady(running: Running): Promise<void> {
  await expect
    .poll(() => running.output().includes('掌医已就绪') || running.child.exitCode !== null, {
      timeout: 120_000,
      interval: 50,
    })
    .toBe(true)
  expect(running.output()).toContain('/h5/')
}

function databasePid(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function stopDatabase(dataDir: string): void {
  const pid = databasePid(dataDir)
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function signIn(running: Running): Promise<string> {
  const person = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"person":"lihua"}',
  }
  const code = await (
    await fetch(`${running.control}/platforms/wechat/actions/mini-program-code`, person)
  ).json()
  const session = await fetch(`${running.origin}/api/v1/sessions/mini-program`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(code),
  })
  return ((await session.json()) as { token: string }).token
}

function me(running: Running, token: string): Promise<Response> {
  return fetch(`${running.origin}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
}

test('one command brings everything up; kill -9 loses nothing; Ctrl-C stops everything', async () => {
  const place = await newPlace()
  const first = launch(place)
  await untilReady(first)
  for (const path of ['/readyz', '/healthz', '/openapi.json', '/docs', '/h5/', '/console/'])
    expect((await fetch(first.origin + path)).status, path).toBe(200)
  const platforms = await (await fetch(`${first.control}/platforms`)).json()
  expect(platforms).toMatchObject({
    'health-card': {
      baseUrl: expect.any(String),
      appId: expect.any(String),
      appSecret: expect.any(String),
      hospitalId: expect.any(String),
    },
  })
  const token = await signIn(first)
  const database = databasePid(place.dataDir)

  process.kill(-(first.child.pid as number), 'SIGKILL')
  await first.exited
  expect(database && isAlive(database), 'the database outlives its host').toBe(true)

  const second = launch(place)
  await untilReady(second)
  expect(second.output()).toContain('接管')
  expect((await me(second, token)).status, 'the session from before the kill').toBe(200)
  process.kill(-(second.child.pid as number), 'SIGINT')
  expect(await second.exited).toBe(0)
  expect(second.output()).toContain('已停止')
  expect(database && isAlive(database), 'the database stopped with us').toBe(false)
})

test('the bootstrap killed alone takes everything with it', async () => {
  const place = await newPlace()
  const running = launch(place)
  await untilReady(running)
  running.child.kill('SIGKILL')
  await expect
    .poll(() => isAlive(databasePid(place.dataDir) ?? 0) && databasePid(place.dataDir) !== undefined, {
      timeout: 30_000,
    })
    .toBe(false)
  await expect(fetch(`${running.origin}/healthz`)).rejects.toThrow()
})

test('a taken port is told with its number and the setting that moves it, and nothing is left behind', async () => {
  const place = await newPlace()
  const taken = createServer().listen(place.port + 9, '127.0.0.1')
  onTestFinished(() => void taken.close())
  const running = launch(place)
  expect(await running.exited).toBe(1)
  expect(running.output()).toContain(`端口 ${place.port + 9}`)
  expect(running.output()).toContain('ZHANGYI_PORT')
  expect(existsSync(join(place.dataDir, 'postgres'))).toBe(false)
})

test('a misspelt setting is refused by name', async () => {
  const place = await newPlace()
  const child = spawn(process.execPath, [BOOTSTRAP, 'start'], {
    env: { PATH: process.env.PATH, ZHANGYI_PROT: '1' },
  })
  onTestFinished(() => void child.kill())
  let output = ''
  child.stderr.on('data', (chunk) => (output += chunk))
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(1)
  expect(output).toContain('ZHANGYI_PROT')
  expect(place.port).toBeGreaterThan(0)
})
