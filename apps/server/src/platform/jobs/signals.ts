import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from '../database/tx.ts'
import type { Log } from '../log.ts'

const RECONNECT_MS = 1_000

/** Tells every server process, once the caller's transaction is committed. Without its commit nobody hears it. */
export function notifySignal(tx: Tx, signal: string, payload: string): void {
  tx.later(sql`SELECT pg_notify(${signal}, ${payload})`)
}

export interface SignalsOptions {
  readonly url: string
  readonly log: Log
}

/**
 * Hears signals within milliseconds, where a queue would poll. A signal can be missed (the connection was away), so that
 * it only ever means "look now": who listens also looks by itself from time to time, and once after each reconnection.
 */
export class Signals {
  readonly #options: SignalsOptions
  readonly #listeners = new Map<string, (payload: string | undefined) => void>()
  #client: pg.Client | undefined
  #retry: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: SignalsOptions) {
    this.#options = options
  }

  /** `payload` is undefined after a (re)connection: anything may have happened. One listener a signal. */
  on(signal: string, listener: (payload: string | undefined) => void): void {
    if (!/^[a-z_]{1,40}$/.test(signal)) throw new Error('a signal is named by a–z and _')
    if (this.#listeners.has(signal)) throw new Error(`signal ${signal} has a listener`)
    this.#listeners.set(signal, listener)
  }

  async start(): Promise<void> {
    await this.#connect()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#retry)
    await this.#client?.end().catch(() => {})
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#options.url, keepAlive: true })
    let lost = false
    const again = (error?: Error) => {
      if (lost || this.#stopped) return
      lost = true
      if (error) this.#options.log.warn({ err: error }, 'signals: connection lost')
      client.end().catch(() => {})
      this.#retry = setTimeout(() => this.#connect().catch(() => {}), RECONNECT_MS)
    }
    client.on('error', again)
    client.on('end', () => again())
    client.on('notification', ({ channel, payload }) => this.#listeners.get(channel)?.(payload))
    try {
      await client.connect()
      for (const signal of this.#listeners.keys()) await client.query(`LISTEN ${signal}`)
    } catch (error) {
      again(error as Error)
      return
    }
    // Stopped while it connected: nobody would end it any more, and it would keep the process alive.
    if (this.#stopped) return void (await client.end())
    this.#client = client
    for (const listener of this.#listeners.values()) listener(undefined)
  }
}
