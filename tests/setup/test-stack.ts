import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SimulatedHospital } from '@zhangyi/his'
import { freePortBase, type RunningSandbox, startSandbox } from '@zhangyi/sandbox'
import { type Hospitals, loadSettings, type RunningServer, startServer } from '@zhangyi/server'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import type { TestDatabase } from './test-database.ts'

export interface TestStack {
  readonly sandbox: RunningSandbox
  readonly server: RunningServer
  readonly his: SimulatedHospital
  readonly hospitals: Hospitals
  readonly logLines: readonly string[]
  /** Calls an action of the sandbox's control, as a person or a script would. */
  action<T>(platform: string, action: string, input: object): Promise<T>
  orderFault(platform: string, fault: object): Promise<void>
  clearFaults(): Promise<void>
  stop(): Promise<void>
}

export interface StackOptions {
  readonly h5Dir?: string
  readonly consoleDir?: string
  /** What differs from the example hospital. */
  readonly hospital?: (sandbox: RunningSandbox) => Parameters<typeof demoHospital>[2]
}

/** Everything that `npm start` runs, on free ports and with a database of its own: sandbox, simulated HIS, server. */
export async function startStack(
  database: Pick<TestDatabase, 'appUrl'>,
  options: StackOptions = {},
): Promise<TestStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-stack-'))
  const port = await freePortBase()
  const sandbox = await startSandbox({ port })
  const his = sandbox.hospital()
  const logLines: string[] = []
  const hospitals = demoHospital(sandbox, dataDir, {
    // A busy machine must not turn a health card's code into the visit card's.
    cardCode: { timeoutMs: 10_000 },
    ...options.hospital?.(sandbox),
  })
  const server = await startServer({
    settings: loadSettings({ ZHANGYI_PORT: String(port + 9), ZHANGYI_DATA_DIR: dataDir }),
    hospitals,
    databaseUrl: database.appUrl,
    clock: sandbox.clock,
    maxRequestsPerMinute: 1_000_000,
    logStream: { write: (line) => void logLines.push(line) },
    ...(options.h5Dir && { h5Dir: options.h5Dir }),
    ...(options.consoleDir && { consoleDir: options.consoleDir }),
  })
  const post = async (path: string, body: object) => {
    const response = await fetch(sandbox.controlOrigin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`sandbox control ${path}: ${await response.text()}`)
    return response
  }
  return {
    sandbox,
    server,
    his,
    hospitals,
    logLines,
    action: async <T>(platform: string, action: string, input: object) =>
      (await (await post(`/platforms/${platform}/actions/${action}`, input)).json()) as T,
    orderFault: async (platform, fault) => void (await post(`/platforms/${platform}/faults`, fault)),
    clearFaults: async () => {
      for (const simulator of Object.values(sandbox.simulators)) simulator.faults.clear()
      his.faults.clear()
    },
    stop: async () => {
      await server.stop()
      await sandbox.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
