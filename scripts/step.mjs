import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Runs one tool of node_modules/.bin, tells its name and time, and ends the whole task if it fails. */
export function step(zh, tool, args, env = {}) {
  const started = Date.now()
  process.stdout.write(`\n▶ ${zh}\n`)
  const { status } = spawnSync(tool, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write(`✗ ${zh} 没有通过\n`)
    process.exit(status ?? 1)
  }
  process.stdout.write(`✓ ${zh}（${((Date.now() - started) / 1000).toFixed(1)} 秒）\n`)
}
