import type { Clock } from '@zhangyi/core'
import type { FastifyInstance } from 'fastify'
import type { Faults } from './faults.ts'
import type { Store } from './store.ts'

/** One call that a simulator received, newest last. Sandbox data is made up, so nothing is masked. */
export interface ReceivedCall {
  readonly atMs: number
  readonly operation: string
  readonly request: unknown
  readonly reply: unknown
  /** The platform's own result code, or what the fault did. */
  readonly result: string
}

/** What every simulator is given. */
export interface SimulatorContext {
  /** Business time, moved by hand. */
  readonly clock: Clock
  /** The real time, for callers who live in it; absent in tests. */
  readonly realClock?: Clock
  /** Where browsers and clients reach this simulator, e.g. `http://127.0.0.1:9101`. */
  readonly baseUrl: string
  /** Base URLs of all simulators by name: pages of one platform lead to another. */
  readonly origins: Readonly<Record<string, string>>
  /** For callbacks; the global one when absent. */
  readonly fetch?: typeof fetch
  /** Keeps this simulator's state over restarts. */
  readonly store: Store<unknown>
}

/** A simulated platform: real protocol, real signatures, own pages. Made by a `build…Simulator(context)` function. */
export interface Simulator {
  readonly name: string
  readonly zh: string
  readonly app: FastifyInstance
  readonly faults: Faults
  /** Fault kinds it understands besides the general ones, with what each does. */
  readonly ownFaults: Readonly<Record<string, string>>
  /** Further kinds that follow a pattern, e.g. `errcode-45009`. */
  readonly acceptsFault?: (kind: string) => boolean
  readonly calls: readonly ReceivedCall[]
  /** What a client needs besides the base URL, as JSON. Test credentials only. */
  readonly credentials: Readonly<Record<string, unknown>>
  /** Actions of the control API: `POST /platforms/<name>/actions/<action>`; what they return is the reply. */
  readonly actions: Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => unknown>>
}

export type BuildSimulator = (context: SimulatorContext) => Simulator
