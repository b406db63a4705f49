import { ManualClock } from '@zhangyi/core'
import {
  type ConformanceFixtures,
  type ConformanceOptions,
  type HisPort,
  KNOWN,
  runConformance,
} from '@zhangyi/his'
import type { Simulator, SimulatorContext } from '../kit/simulator.ts'
import { memoryStore } from '../kit/store.ts'
import { type RefundMode, sharedHospital } from './shared-hospital.ts'

/** A simulator of its own with a clock that the test moves, and a `fetch` that reaches it without a port. */
export async function openHis(
  build: (context: SimulatorContext) => Simulator,
  refunds: RefundMode = 'two-phase',
) {
  const clock = new ManualClock()
  const context: SimulatorContext = { clock, baseUrl: 'http://his.test', origins: {}, store: memoryStore() }
  const simulator = build(context)
  sharedHospital(context).changeRefunds(refunds)
  await simulator.app.ready()
  return { simulator, clock, fetch: injectedFetch(simulator) }
}

function injectedFetch({ app }: Simulator): typeof fetch {
  return async (input, init) => {
    const { pathname, search } = new URL(String(input))
    const reply = await app.inject({
      method: (init?.method ?? 'GET') as 'GET',
      url: `${pathname}${search}`,
      headers: Object.fromEntries(new Headers(init?.headers).entries()),
      ...(init?.body ? { payload: init.body as Buffer } : {}),
    })
    return new Response(new Uint8Array(reply.rawPayload), { status: reply.statusCode })
  }
}

const FIXTURES: ConformanceFixtures = {
  oneArchive: KNOWN.liMinghua,
  severalArchives: KNOWN.sunGuizhen,
  filedUnder15: KNOWN.zhaoDefu,
  depositor: KNOWN.liMinghua,
  feePayer: KNOWN.liMinghua,
  reportReader: KNOWN.liMinghua,
}

/** Puts the adapter through the kit; `lostBy` is the fault that carries a change out and spoils its reply. */
export async function checkAdapter(
  port: HisPort,
  { simulator, clock }: { readonly simulator: Simulator; readonly clock: ManualClock },
  lostBy: string,
): Promise<{
  readonly failed: readonly string[]
  readonly notOffered: readonly string[]
  readonly passed: number
}> {
  const options: ConformanceOptions = {
    clock,
    random: seeded(),
    loseReply: (operation) => simulator.faults.order({ kind: lostBy, operation, times: 1 }),
    passTime: (ms) => clock.advance(ms),
  }
  const results = await runConformance(port, FIXTURES, options)
  const named = (status: string) => results.filter((one) => one.status === status).map(({ name }) => name)
  return { failed: named('failed'), notOffered: named('not-offered'), passed: named('passed').length }
}

/** Park and Miller's generator: the same people in every run. */
function seeded(): () => number {
  let state = 20_261_123
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}
