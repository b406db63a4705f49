import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export type BuildTarget = 'h5' | 'mp-weixin'
/** `gallery` is the same app with one more page that shows every shared component. */
export type BuildVariant = 'build' | 'gallery'

const root = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = [
  'src',
  'build',
  'vite.config.ts',
  'index.html',
  'package.json',
  '../../packages/core/src',
  '../../package-lock.json',
]
const LOCK_IS_DEAD_AFTER_MS = 180_000
/** A host the gallery's web-view may show, so that tests see both answers. */
export const GALLERY_WEB_HOST = 'health.example.cn'

/**
 * The folder of a build that is not older than its sources; builds it when it is missing or stale, and tells so.
 * `npm start` and all tests come through here: a second builder would pull the folder from under the first one.
 */
export async function builtPatient(
  target: BuildTarget,
  variant: BuildVariant = 'build',
  onBuild: () => void = () => {},
): Promise<{ dist: string }> {
  const dist = join(root, 'dist', variant, target)
  const proof = join(dist, target === 'h5' ? 'index.html' : 'app.json')
  mkdirSync(join(root, 'dist'), { recursive: true })
  // Test files run side by side: one builds, the others wait.
  const lock = join(root, 'dist', `.lock-${variant}-${target}`)
  while (!tryLock(lock)) await sleep(200)
  try {
    if (!existsSync(proof) || statSync(proof).mtimeMs < newest(SOURCES)) {
      onBuild()
      await build(target, variant, dist)
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

function newest(paths: readonly string[]): number {
  const times = paths.flatMap((path) => {
    const full = join(root, path)
    if (!statSync(full).isDirectory()) return [statSync(full).mtimeMs]
    return readdirSync(full, { recursive: true, encoding: 'utf8' }).map(
      (file) => statSync(join(full, file)).mtimeMs,
    )
  })
  return Math.max(...times)
}

async function build(target: BuildTarget, variant: BuildVariant, dist: string): Promise<void> {
  const platform = variant === 'gallery' ? `${target === 'h5' ? 'h5' : 'mp'}-gallery` : target
  const cli = join(root, 'node_modules/@dcloudio/vite-plugin-uni/bin/uni.js')
  const env = { ...process.env, NODE_ENV: 'production', CI: '1' } as Record<string, string | undefined>
  // vitest leaves its own settings in the environment, and vite would believe them.
  for (const name of ['MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL', 'TEST', 'VITEST']) delete env[name]
  if (variant === 'gallery') env['VITE_ZHANGYI_WEB_HOSTS'] = GALLERY_WEB_HOST
  const child = spawn(process.execPath, [cli, 'build', '-p', platform, '--outDir', dist], { cwd: root, env })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`building ${variant} ${target} failed (${code}):\n${output}`)
}
