import { spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const COMMON = { cwd: ROOT, shell: process.platform === 'win32' }

/** Runs one tool of node_modules/.bin, tells its name and time, and ends the whole task if it fails. */
export function step(zh, tool, args, env = {}) {
  const started = Date.now()
  process.stdout.write(`\n▶ ${zh}\n`)
  const { status } = spawnSync(tool, args, {
    ...{ ...COMMON, stdio: 'inherit' },
    env: { ...process.env, ...env },
  })
  tellEnd(zh, started, status === 0)
  if (status !== 0) process.exit(status ?? 1)
}

/**
 * Several that need nothing of each other, as many at a time as there are cores. What one says is shown when it ends; if
 * any fails, the others are still told, and then the whole task ends.
 */
export async function stepsTogether(steps) {
  const waiting = [...steps]
  let passed = true
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      passed = (await runQuietly(...next)) && passed
  }
  process.stdout.write(`\n▶ ${steps.map(([zh]) => zh).join('、')}\n`)
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), steps.length) }, work))
  if (!passed) process.exit(1)
}

function runQuietly(zh, tool, args) {
  const started = Date.now()
  const said = []
  // Colours as they would be without the pipe between.
  const env = { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) }
  const child = spawn(tool, args, { ...COMMON, env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part))
  return new Promise((resolve) => {
    const end = (isGood) => {
      process.stdout.write(Buffer.concat(said))
      tellEnd(zh, started, isGood)
      resolve(isGood)
    }
    child.on('error', (error) => {
      said.push(Buffer.from(`${error.message}\n`))
      end(false)
    })
    child.on('close', (status) => end(status === 0))
  })
}

function tellEnd(zh, startedMs, isGood) {
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1)
  if (isGood) process.stdout.write(`✓ ${zh}（${seconds} 秒）\n`)
  else process.stderr.write(`✗ ${zh} 没有通过\n`)
}
