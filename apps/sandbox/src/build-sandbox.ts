import { join } from 'node:path'
import { systemClock } from '@zhangyi/core'
import type { SimulatedHospital } from '@zhangyi/his'
import type { FastifyInstance } from 'fastify'
import { buildHealthCardSimulator } from './health-card/build-health-card-simulator.ts'
import { buildHisRestSimulator } from './his/rest/build-his-rest-simulator.ts'
import { hospitalBehind } from './his/shared-hospital.ts'
import { buildHisSoapSimulator } from './his/soap/build-his-soap-simulator.ts'
import { buildHospitalPaySimulator } from './hospital-pay/build-hospital-pay-simulator.ts'
import { buildControl } from './kit/control.ts'
import { ManualOffsetClock } from './kit/sandbox-clock.ts'
import type { BuildSimulator, Simulator } from './kit/simulator.ts'
import { fileStore, memoryStore } from './kit/store.ts'
import { buildSmsSimulator } from './sms/build-sms-simulator.ts'
import { buildWechatPaySimulator } from './wechat-pay/build-wechat-pay-simulator.ts'
import { buildWeixinSimulator } from './weixin/build-weixin-simulator.ts'

/** Every simulator and its distance from the control's port. A port, once given, is not given to another. */
const SIMULATORS: readonly {
  readonly name: string
  readonly offset: number
  readonly build: BuildSimulator
}[] = [
  { name: 'health-card', offset: 1, build: buildHealthCardSimulator },
  { name: 'weixin', offset: 2, build: buildWeixinSimulator },
  { name: 'wechat-pay', offset: 3, build: buildWechatPaySimulator },
  { name: 'his-rest', offset: 4, build: buildHisRestSimulator },
  { name: 'his-soap', offset: 5, build: buildHisSoapSimulator },
  { name: 'hospital-pay', offset: 6, build: buildHospitalPaySimulator },
  { name: 'sms', offset: 7, build: buildSmsSimulator },
]

/** The control's port and those after it, with room for simulators to come. */
export const SANDBOX_PORTS = 16

export interface Sandbox {
  readonly clock: ManualOffsetClock
  readonly control: FastifyInstance
  readonly simulators: Readonly<Record<string, Simulator>>
  readonly origins: Readonly<Record<string, string>>
  /** The hospital behind the HIS simulators, past their wires; ask again after its refund mode was changed. */
  hospital(): SimulatedHospital
  /** Every server with the port it wants. */
  readonly servers: readonly { readonly name: string; readonly port: number; readonly app: FastifyInstance }[]
}

export interface SandboxOptions {
  readonly port: number
  readonly clock?: ManualOffsetClock
  /** For the simulators' callbacks: a simulation answers them in its own process. */
  readonly fetch?: typeof fetch
  /** Where the simulators keep their state; in memory only when absent. */
  readonly dataDir?: string
}

function clockOf(dataDir: string | undefined): ManualOffsetClock {
  return new ManualOffsetClock(
    systemClock,
    dataDir === undefined ? undefined : fileStore(join(dataDir, 'clock.json')),
  )
}

/** Makes all simulators without listening. */
export function buildSandbox({
  port,
  dataDir,
  fetch: send,
  clock = clockOf(dataDir),
}: SandboxOptions): Sandbox {
  const origins = Object.fromEntries(
    SIMULATORS.map(({ name, offset }) => [name, `http://127.0.0.1:${port + offset}`]),
  )
  const built = SIMULATORS.map(({ name, offset, build }) => {
    const baseUrl = origins[name] as string
    return {
      baseUrl,
      port: port + offset,
      simulator: build({
        clock,
        realClock: systemClock,
        baseUrl,
        origins,
        ...(send && { fetch: send }),
        store: dataDir === undefined ? memoryStore() : fileStore(join(dataDir, `${name}.json`)),
      }),
    }
  })
  const control = buildControl({ simulators: built, clock })
  return {
    clock,
    control,
    origins,
    hospital: () => hospitalBehind(origins).now,
    simulators: Object.fromEntries(built.map(({ simulator }) => [simulator.name, simulator])),
    servers: [
      { name: 'control', port, app: control },
      ...built.map(({ simulator, port: own }) => ({ name: simulator.name, port: own, app: simulator.app })),
    ],
  }
}

export interface RunningSandbox extends Sandbox {
  readonly controlOrigin: string
  stop(): Promise<void>
}

/** Makes all simulators and listens on 127.0.0.1: the control on `port`, each simulator on its own port after it. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const sandbox = buildSandbox(options)
  const stop = async () => {
    await Promise.all(sandbox.servers.map(({ app }) => app.close()))
  }
  try {
    for (const { app, port } of sandbox.servers) await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    await stop()
    throw error
  }
  return { ...sandbox, controlOrigin: `http://127.0.0.1:${options.port}`, stop }
}
