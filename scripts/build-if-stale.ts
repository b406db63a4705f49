import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Build {
  /** The app's folder. */
  readonly root: string
  /** Files and folders, seen from there. */
  readonly sources: readonly string[]
  /** The file that a finished build writes. */
  readonly proof: string
  /** A file that stands while somebody builds, with the number of that process; not where the build empties. */
  readonly lock: string
  readonly run: () => Promise<void>
}

/** Runs the build when its outcome is missing or older than a source: one builds, whoever else wants it waits. */
export async function buildIfStale({ root, sources, proof, lock, run }: Build): Promise<void> {
  mkdirSync(dirname(lock), { recursive: true })
  while (!tryLock(lock)) await sleep(200)
  try {
    const builtMs = statSync(proof, { throwIfNoEntry: false })?.mtimeMs
    if (builtMs === undefined || builtMs < newestMs(root, sources)) await run()
  } finally {
    rmSync(lock)
  }
}

/** Runs a builder's own program, and tells what it said when it failed. */
export async function runBuilder(
  what: string,
  args: readonly string[],
  { cwd, env: more }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<void> {
  const env: Record<string, string | undefined> = { ...process.env, NODE_ENV: 'production', ...more }
  // vitest leaves its own settings in the environment, and vite would believe them.
  for (const name of ['MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL', 'TEST', 'VITEST']) delete env[name]
  const child = spawn(process.execPath, args, { cwd, env })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`building ${what} failed (${code}):\n${output}`)
}

function tryLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    // However long a build takes on a busy machine; but who was killed builds no more.
    if (!isHeld(lock)) rmSync(lock, { force: true })
    return false
  }
}

function isHeld(lock: string): boolean {
  try {
    // Whoever has just made it may not have written its number yet: 0 is this process, which lives.
    process.kill(Number(readFileSync(lock, 'utf8')), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function newestMs(root: string, paths: readonly string[]): number {
  const times = paths.flatMap((path) => {
    const full = join(root, path)
    if (!statSync(full).isDirectory()) return [statSync(full).mtimeMs]
    const files = readdirSync(full, { recursive: true, encoding: 'utf8' })
    return files.map((file) => statSync(join(full, file)).mtimeMs)
  })
  return Math.max(...times)
}
