import type { Signals } from './signals.ts'

/** What a room runs beside requests and due work for as long as this process serves. */
export interface Service {
  readonly name: string
  /** Before the first request; registers its signals, which are heard after all services have started. */
  start(signals: Signals): Promise<void>
  /** After the last request; ends what is under way. */
  stop(): Promise<void>
}
