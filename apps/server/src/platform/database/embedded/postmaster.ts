import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export interface Postmaster {
  readonly pid: number
  readonly port: number
}

const STOP_TIMEOUT_MS = 30_000

/** The server that `postmaster.pid` names, if a process with that pid lives. PostgreSQL itself clears stale files. */
export function livingPostmaster(folder: string): Postmaster | undefined {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Math.abs(Number(lines[0]))
  const port = Number(lines[3])
  if (!pid || !isAlive(pid) || !looksLikePostgres(pid)) return undefined
  return { pid, port: port || 0 }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// After a reboot another program may carry the old pid. Where the kernel tells (Linux), its name is checked.
function looksLikePostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim().startsWith('postgres')
  } catch {
    return process.platform !== 'linux'
  }
}

/** Fast shutdown (SIGINT): open transactions roll back, everything committed is on disk. */
export async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  for (let waitedMs = 0; isAlive(pid); waitedMs += 50) {
    if (waitedMs > STOP_TIMEOUT_MS) throw new Error(`内置数据库（进程 ${pid}）没有在 30 秒内停下`)
    await delay(50)
  }
}

/** A TCP port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
