import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = [
  'src',
  'vite.config.ts',
  'index.html',
  'package.json',
  '../../packages/core/src',
  '../../package-lock.json',
]
const LOCK_IS_DEAD_AFTER_MS = 180_000

/**
 * The folder of the built console, not older than its sources; builds it when it is missing or stale, and tells so.
 * `npm start`, `npm run build` and all tests come through here: one builds, the others wait.
 */
export async function builtConsole(onBuild: () => void = () => {}): Promise<{ dist: string }> {
  const dist = join(root, 'dist')
  const proof = join(dist, 'index.html')
  // Not in `dist`, which a build empties.
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  const lock = join(root, 'node_modules', '.build-lock')
  while (!tryLock(lock)) await sleep(200)
  try {
    if (!existsSync(proof) || statSync(proof).mtimeMs < newestMs(SOURCES)) {
      onBuild()
      await build()
    }
  } finally {
    rmdirSync(lock)
  }
  return { dist }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    const madeAtMs = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
    if (madeAtMs !== undefined && Date.now() - madeAtMs > LOCK_IS_DEAD_AFTER_MS) rmdirSync(lock)
    return false
  }
}

function newestMs(paths: readonly string[]): number {
  const times = paths.flatMap((path) => {
    const full = join(root, path)
    if (!statSync(full).isDirectory()) return [statSync(full).mtimeMs]
    const files = readdirSync(full, { recursive: true, encoding: 'utf8' })
    return files.map((file) => statSync(join(full, file)).mtimeMs)
  })
  return Math.max(...times)
}

async function build(): Promise<void> {
  const cli = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))
  const env = { ...process.env, NODE_ENV: 'production' } as Record<string, string | undefined>
  // vitest leaves its own settings in the environment, and vite would believe them.
  for (const name of ['MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL', 'TEST', 'VITEST']) delete env[name]
  const child = spawn(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: root, env })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`building the console failed (${code}):\n${output}`)
}
