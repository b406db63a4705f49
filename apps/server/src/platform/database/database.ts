import { hospitalId as checkedHospitalId, type HospitalId } from '@zhangyi/core'
import pg from 'pg'
import { Conversation } from './conversation.ts'
import { StatementNames } from './statement-names.ts'
import type { Tx } from './tx.ts'

// bigint columns hold epoch milliseconds and fen, both far below 2^53, so plain numbers are exact.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8
      ? (text: string) => {
          const value = Number(text)
          if (!Number.isSafeInteger(value)) throw new Error('bigint beyond 2^53 in the database')
          return value
        }
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

// "cached plan must not change result type": the table got a column since the statement was named.
const STALE_PLAN = '0A000'
// SQLSTATE 40001 serialisation failure, 40P01 deadlock: the database asks for a repeat.
const REPEATABLE = new Set(['40001', '40P01', STALE_PLAN])
const MAX_ATTEMPTS = 5
const PLANS_FOR_ANY_VALUE = '-c plan_cache_mode=force_generic_plan'
const LOCK_CONNECTIONS = 4

export interface DatabaseOptions {
  readonly url: string
  readonly maxConnections?: number
  /**
   * For tests: every statement is planned for any value, as PostgreSQL does at its sixth use where it finds that worth it.
   * What cannot be planned so (an ON CONFLICT that means a partial index by a parameter) shows at once.
   */
  readonly plansForAnyValue?: boolean
  /** Told about errors of idle connections; without a listener they would end the process. */
  readonly onError?: (error: Error) => void
}

/** What changed in a hospital, by committed transactions of this process. */
export type OnChanged = (hospital: HospitalId, topics: ReadonlySet<string>) => void

export class Database {
  readonly pool: pg.Pool
  readonly #conversations = new WeakMap<pg.PoolClient, Conversation>()
  readonly #locks: pg.Pool
  readonly #names = new StatementNames()
  #onChanged: OnChanged | undefined

  constructor({ url, maxConnections = 10, plansForAnyValue = false, onError = () => {} }: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      types,
      connectionTimeoutMillis: 10_000,
      ...(plansForAnyValue && { options: PLANS_FOR_ANY_VALUE }),
    })
    this.pool.on('error', onError)
    this.#locks = new pg.Pool({
      connectionString: url,
      max: LOCK_CONNECTIONS,
      connectionTimeoutMillis: 10_000,
    })
    this.#locks.on('error', onError)
  }

  /**
   * Runs `fn` in one transaction of one hospital and commits. Repeats it on serialisation failure and deadlock,
   * so `fn` must have no effect outside the transaction.
   */
  inTransaction<T>(hospital: HospitalId, fn: (tx: Tx) => Promise<T> | T): Promise<T> {
    return this.#repeated(hospital, (conversation, tx) => conversation.run(tx.hospitalId, () => fn(tx)))
  }

  /** As `inTransaction`, of one statement that only reads: it, its beginning and its end are one way to the database. */
  read<T>(hospital: HospitalId, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#repeated(hospital, (conversation, tx) => conversation.runOnce(tx.hospitalId, () => fn(tx)))
  }

  /**
   * Runs `fn` while no other process runs one under the same name. The lock belongs to a session, so `fn` may call
   * outside; it has connections of its own, because a holder that waited for one of the pool's could wait for ever.
   */
  async withLock<T>(name: string, fn: () => Promise<T>): Promise<T> {
    const connection = await this.#locks.connect()
    try {
      await connection.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name])
      return await fn()
    } finally {
      const freed = await connection
        .query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .catch((error: Error) => error)
      // A session that could not give the lock back ends, and its lock with it.
      connection.release(freed instanceof Error ? freed : undefined)
    }
  }

  /** Who is told of changes; nobody until somebody wants to know. */
  tellChanges(listener: OnChanged | undefined): void {
    this.#onChanged = listener
  }

  async ping(): Promise<void> {
    await this.pool.query('SELECT 1')
  }

  async close(): Promise<void> {
    await this.pool.end()
    await this.#locks.end()
  }

  async #repeated<T>(
    hospital: HospitalId,
    run: (conversation: Conversation, tx: Tx) => Promise<T>,
  ): Promise<T> {
    // Checked again because SET LOCAL takes no parameters: the text goes into the statement.
    const hospitalId = checkedHospitalId(hospital)
    for (let attempt = 1; ; attempt++) {
      const client = await this.pool.connect()
      let changed: Set<string> | undefined
      try {
        const conversation = this.#conversationOn(client)
        const result = await run(conversation, {
          ...{ hospitalId, sql: conversation.sql, later: (write) => conversation.later(write) },
          changed: (topic) => {
            changed ??= new Set()
            changed.add(topic)
          },
        })
        if (changed) this.#onChanged?.(hospitalId, changed)
        return result
      } catch (error) {
        const { code = '' } = error as { code?: string }
        if (code === STALE_PLAN) this.#names.forget()
        if (attempt >= MAX_ATTEMPTS || !REPEATABLE.has(code)) throw error
      } finally {
        client.release()
      }
    }
  }

  #conversationOn(client: pg.PoolClient): Conversation {
    const known = this.#conversations.get(client)
    if (known) return known
    const conversation = new Conversation(client, { names: this.#names, types })
    this.#conversations.set(client, conversation)
    return conversation
  }
}
