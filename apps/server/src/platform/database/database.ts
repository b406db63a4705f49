import { hospitalId as checkedHospitalId, type HospitalId } from '@zhangyi/core'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { namingClient, STALE_PLAN } from './naming-client.ts'
import { StatementNames } from './statement-names.ts'
import type { NoTables, Tx } from './tx.ts'

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

// SQLSTATE 40001 serialisation failure, 40P01 deadlock: the database asks for a repeat.
const REPEATABLE = new Set(['40001', '40P01', STALE_PLAN])
const MAX_ATTEMPTS = 5
// A named statement is parsed once, and planned for the values at hand: a plan for any value finds no partial index, and
// refuses an ON CONFLICT that means one.
const CUSTOM_PLANS = '-c plan_cache_mode=force_custom_plan'
const LOCK_CONNECTIONS = 4

export interface DatabaseOptions {
  readonly url: string
  readonly maxConnections?: number
  /** Told about errors of idle connections; without a listener they would end the process. */
  readonly onError?: (error: Error) => void
}

export class Database {
  readonly pool: pg.Pool
  readonly #kysely: Kysely<NoTables>
  readonly #locks: pg.Pool
  readonly #names = new StatementNames()

  constructor({ url, maxConnections = 10, onError = () => {} }: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      types,
      connectionTimeoutMillis: 10_000,
      Client: namingClient(this.#names),
      options: CUSTOM_PLANS,
    })
    this.pool.on('error', onError)
    this.#locks = new pg.Pool({
      connectionString: url,
      max: LOCK_CONNECTIONS,
      connectionTimeoutMillis: 10_000,
    })
    this.#locks.on('error', onError)
    this.#kysely = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: this.pool }) })
  }

  /**
   * Runs `fn` in one transaction of one hospital and commits. Repeats it on serialisation failure and deadlock,
   * so `fn` must have no effect outside the transaction.
   */
  async inTransaction<T>(hospital: HospitalId, fn: (tx: Tx) => Promise<T>): Promise<T> {
    // Checked again because SET LOCAL takes no parameters: the text goes into the statement.
    const hospitalId = checkedHospitalId(hospital)
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#kysely
          .connection()
          .execute((connection) => transact(connection as Transaction<NoTables>, hospitalId, fn))
      } catch (error) {
        const { code = '' } = error as { code?: string }
        if (code === STALE_PLAN) this.#names.forget()
        if (attempt >= MAX_ATTEMPTS || !REPEATABLE.has(code)) throw error
      }
    }
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

  async ping(): Promise<void> {
    await this.pool.query('SELECT 1')
  }

  async close(): Promise<void> {
    await this.#kysely.destroy()
    await this.#locks.end()
  }
}

/**
 * The beginning and the hospital in one way to the database: in a busy process each way costs milliseconds. Kysely's own
 * `transaction()` would make it two.
 */
async function transact<T>(
  transaction: Transaction<NoTables>,
  hospitalId: HospitalId,
  fn: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    await sql.raw(`BEGIN; SET LOCAL zhangyi.hospital = '${hospitalId}'`).execute(transaction)
    const result = await fn({ hospitalId, sql: transaction })
    await sql.raw('COMMIT').execute(transaction)
    return result
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await sql
      .raw('ROLLBACK')
      .execute(transaction)
      .catch(() => {})
    throw error
  }
}
