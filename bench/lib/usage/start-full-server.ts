import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../apps/server/src/platform/database/embedded/postmaster.ts'
import { type Child, startChild } from '../child.ts'
import type { ServerSetup } from './full-server.ts'
import type { Bench } from './open-bench.ts'

/** The whole gateway in a process of its own, on a free port. */
export async function startFullServer(
  bench: Bench,
  usage: object,
): Promise<{ readonly server: Child; readonly origin: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-bench-server-'))
  bench.add(() => rmSync(dataDir, { recursive: true, force: true }))
  const dataKeyFile = join(dataDir, 'data-key')
  writeFileSync(dataKeyFile, bench.setup.dataKeyHex, { mode: 0o600 })
  const port = await freePort()
  const setup: ServerSetup = { ...bench.setup, port, dataDir, dataKeyFile, usage }
  const { child } = await startChild(new URL('./full-server.ts', import.meta.url), setup, await serveFlags())
  bench.add(() => child.stop())
  return { server: child, origin: `http://127.0.0.1:${port}` }
}

/** As `zhangyi serve` starts it. */
async function serveFlags(): Promise<readonly string[]> {
  const script = new URL('../../../scripts/serve-flags.mjs', import.meta.url).href
  return ((await import(script)) as { SERVE_FLAGS: readonly string[] }).SERVE_FLAGS
}
