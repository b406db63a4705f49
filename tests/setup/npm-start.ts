import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePortBase } from '@zhangyi/sandbox'
import { expect, onTestFinished } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'

export const BOOTSTRAP = join(import.meta.dirname, '../../scripts/bootstrap.mjs')

export interface Running {
  readonly child: ChildProcess
  readonly origin: string
  readonly control: string
  readonly output: () => string
  readonly exited: Promise<number | null>
}

export interface Place {
  readonly port: number
  readonly dataDir: string
}

export async function newPlace(): Promise<Place> {
  await builtPatient('h5')
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-start-'))
  // As root PostgreSQL runs as another user, who must be able to walk in.
  chmodSync(dataDir, 0o755)
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  return { port: await freePortBase(), dataDir }
}

/** `npm start`, or another task of the bootstrap with settings of its own. */
export function launch(
  { port, dataDir }: Place,
  task: readonly string[] = ['start'],
  settings: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [BOOTSTRAP, ...task], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ZHANGYI_PORT: String(port + 9),
      ZHANGYI_SANDBOX_PORT: String(port),
      ZHANGYI_DATA_DIR: dataDir,
      ...settings,
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

export async function untilReady(running: Running): Promise<void> {
  await expect
    .poll(() => running.output().includes('掌医已就绪') || running.child.exitCode !== null, {
      timeout: 120_000,
      interval: 50,
    })
    .toBe(true)
  expect(running.output()).toContain('/h5/')
}

export function databasePid(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function stopDatabase(dataDir: string): void {
  const pid = databasePid(dataDir)
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL')
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
