import type { HospitalId } from '@zhangyi/core'
import type { Database } from '../database/database.ts'
import { AppError } from '../errors/catalogue.ts'
import type { Service } from '../jobs/service.ts'
import type { Signals } from '../jobs/signals.ts'
import type { Log } from '../log.ts'
import { INSTALLATION } from '../operators/accounts/account.ts'
import type { LiveStream } from './live-stream.ts'
import type { Change } from './topics.ts'

const SIGNAL = 'console_live'
/** Changes of one process leave together: a notification costs all that are sent at once a common lock. */
const TOGETHER_MS = 300
const BEAT_MS = 20_000
/** Every tab in front of somebody has one. */
export const MOST_OF_ACCOUNT = 6
const MOST_OF_ALL = 2_000
/** PostgreSQL takes less than 8,000 bytes. */
const MOST_BYTES = 7_000

export interface LiveHubRoom {
  readonly database: Database
  readonly log: Log
}

/**
 * Tells the browsers that listen what changed, in whatever process it did. Hints only: who missed one looks by itself
 * from time to time.
 */
export class LiveHub implements Service {
  readonly name = 'platform.live'
  readonly #room: LiveHubRoom
  readonly #streams = new Set<LiveStream>()
  readonly #changed = new Map<string, Change>()
  #leaving: NodeJS.Timeout | undefined
  #beating: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(room: LiveHubRoom) {
    this.#room = room
  }

  async start(signals: Signals): Promise<void> {
    signals.on(SIGNAL, (payload) => this.hear(payload))
    this.#room.database.tellChanges((hospital, topics) => this.#collect(hospital, topics))
    this.#beating = setInterval(() => this.beat(), BEAT_MS).unref()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#room.database.tellChanges(undefined)
    clearInterval(this.#beating)
    clearTimeout(this.#leaving)
    this.endAll()
  }

  /** Throws `too-many-requests`. */
  open(stream: LiveStream): () => void {
    const own = [...this.#streams].filter(({ who }) => who.accountId === stream.who.accountId)
    if (own.length >= MOST_OF_ACCOUNT || this.#streams.size >= MOST_OF_ALL)
      throw new AppError('too-many-requests')
    this.#streams.add(stream)
    return () => this.#streams.delete(stream)
  }

  /** Undefined: the connection was away, and anything may have happened. */
  hear(payload: string | undefined): void {
    if (payload === undefined) for (const stream of this.#streams) stream.tellEverything()
    else {
      const changes = JSON.parse(payload) as readonly Change[]
      for (const stream of this.#streams) stream.tell(changes)
      // Somebody signed out, was disabled or got another role.
      if (changes.some(({ hospital, topic }) => hospital === INSTALLATION && topic === 'accounts'))
        this.#look()
    }
  }

  beat(): void {
    for (const stream of this.#streams) stream.beat()
    this.#look()
  }

  endAll(): void {
    for (const stream of this.#streams) stream.end()
  }

  #look(): void {
    for (const stream of this.#streams) void stream.look()
  }

  #collect(hospital: HospitalId, topics: ReadonlySet<string>): void {
    for (const topic of topics) this.#changed.set(`${hospital} ${topic}`, { hospital, topic })
    this.#leaving ??= setTimeout(() => void this.#leave(), TOGETHER_MS).unref()
  }

  async #leave(): Promise<void> {
    this.#leaving = undefined
    const changes = [...this.#changed.values()]
    this.#changed.clear()
    try {
      for (const payload of payloadsOf(changes))
        if (!this.#isStopped)
          await this.#room.database.pool.query('SELECT pg_notify($1, $2)', [SIGNAL, payload])
    } catch (error) {
      this.#room.log.warn({ err: error }, 'live: a hint was lost')
    }
  }
}

function payloadsOf(changes: readonly Change[]): readonly string[] {
  const whole = JSON.stringify(changes)
  if (whole.length < MOST_BYTES || changes.length < 2) return changes.length === 0 ? [] : [whole]
  const half = Math.ceil(changes.length / 2)
  return [...payloadsOf(changes.slice(0, half)), ...payloadsOf(changes.slice(half))]
}
