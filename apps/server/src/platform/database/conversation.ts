import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryResult,
  Transaction,
} from 'kysely'
import type pg from 'pg'
import { Batch } from './batch.ts'
import type { StatementNames } from './statement-names.ts'
import type { NoTables, Write } from './tx.ts'

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  /** Of one that somebody waits for. */
  readonly resolve?: (answer: pg.QueryResult) => void
  readonly reject?: (error: Error) => void
}

const COMMIT: Statement = { text: 'COMMIT', values: [] }
const ROLLBACK = 'ROLLBACK'
// A plan that was made while a table was nearly empty takes any index that begins with the hospital.
const DISCARD: Statement = { text: 'DISCARD PLANS', values: [] }
const FIRST_DISCARD = 25
const NEXT_DISCARD = 4

export interface ConversationOptions {
  readonly names: StatementNames
  readonly types: pg.CustomTypesConfig
}

/**
 * What one connection is told, in order. Statements leave together: what nobody waits for leaves with the next question,
 * and questions that are asked at once leave at once. Each way to the database costs both processes a turn, which is more
 * than most statements cost.
 */
export class Conversation {
  readonly sql: Transaction<NoTables>
  readonly #client: pg.Client
  readonly #names: StatementNames
  readonly #types: pg.CustomTypesConfig
  #waiting: Statement[] = []
  /** What failed, of what nobody has asked about yet. */
  #unheard: Error | undefined
  #isLeaving = false
  #mode: 'silent' | 'writes' | 'asked' | 'once' | 'over' = 'silent'

  #transactions = 0
  #discardAt = FIRST_DISCARD

  constructor(client: pg.Client, { names, types }: ConversationOptions) {
    this.#client = client
    this.#names = names
    this.#types = types
    this.sql = kyselyOver({
      executeQuery: (query) => this.#execute(query),
      // biome-ignore lint/correctness/useYield: it has nothing to give
      streamQuery: async function* () {
        throw new Error('a transaction reads its rows at once')
      },
    })
  }

  /** Runs one transaction of a hospital, and commits it. */
  async run<T>(hospitalId: string, fn: () => Promise<T> | T): Promise<T> {
    this.#begin(hospitalId, 'silent')
    try {
      const result = await fn()
      await this.#commit()
      return result
    } catch (error) {
      await this.#rollback()
      throw error
    }
  }

  /** Runs what reads by one statement: it leaves with its beginning and its end. */
  async runOnce<T>(hospitalId: string, fn: () => Promise<T>): Promise<T> {
    this.#begin(hospitalId, 'once')
    try {
      return await fn()
    } catch (error) {
      await this.#rollback()
      throw error
    }
  }

  later(write: Write): void {
    if (this.#mode === 'once' || this.#mode === 'over') throw new Error('what only reads does not write')
    const { sql, parameters } = write.compile(this.sql)
    this.#waiting.push({ text: sql, values: sendable(parameters) })
    if (this.#mode === 'silent') this.#mode = 'writes'
  }

  #begin(hospitalId: string, mode: 'silent' | 'once'): void {
    this.#waiting = [
      { text: 'BEGIN', values: [] },
      { text: `SET LOCAL zhangyi.hospital = '${hospitalId}'`, values: [] },
    ]
    this.#unheard = undefined
    this.#mode = mode
    this.#transactions += 1
    if (this.#transactions < this.#discardAt) return
    this.#discardAt *= NEXT_DISCARD
    this.#waiting.unshift(DISCARD)
  }

  async #commit(): Promise<void> {
    // Nothing was asked and nothing is to be written: nothing was begun.
    if (this.#mode === 'silent') return
    const { command } = await this.#ask(COMMIT.text)
    if (command !== 'COMMIT') throw new Error('a transaction whose error was swallowed can not be committed')
  }

  /** Where the connection is gone, so is the transaction. */
  async #rollback(): Promise<void> {
    const hasBegun = this.#mode === 'asked' || this.#mode === 'over'
    this.#waiting = this.#waiting.filter(({ resolve }) => resolve !== undefined)
    this.#unheard = undefined
    this.#mode = 'asked'
    if (hasBegun) await this.#ask(ROLLBACK).catch(() => {})
  }

  /** Throws the first error of what left with it, and of what left before it and was not asked about. */
  #ask(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    if (this.#mode === 'over') return Promise.reject(new Error('a transaction of one statement asks twice'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text, values, resolve, reject })
      if (this.#mode === 'once') {
        this.#waiting.push(COMMIT)
        this.#mode = 'over'
      } else this.#mode = 'asked'
      if (this.#isLeaving) return
      this.#isLeaving = true
      // After whatever else is asked in this turn.
      process.nextTick(() => this.#leave())
    })
  }

  #leave(): void {
    this.#isLeaving = false
    const leaving = this.#waiting.splice(0)
    this.#client.query(
      new Batch(
        leaving.map(({ text, values, resolve, reject }) => ({
          ...{ text, values, types: this.#types, name: this.#names.nameOf(text) },
          answered: (error, result) => {
            this.#unheard ??= error
            if (!resolve) return
            if (this.#unheard) reject?.(this.#unheard)
            else resolve(result)
          },
        })),
      ),
    )
  }

  async #execute<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.#ask(sql, sendable(parameters)).catch((error: Error) => {
      // Where it was asked, and not where its answer was read.
      Error.captureStackTrace(error)
      throw error
    })
    const counts = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
    return { rows: rows as R[], ...(counts && { numAffectedRows: BigInt(rowCount ?? 0) }) }
  }
}

/** Throws here, and not where others wait to be sent, what cannot be written as JSON. */
function sendable(values: readonly unknown[]): readonly unknown[] {
  for (const value of values)
    if (typeof value === 'object' && !(value instanceof Uint8Array)) JSON.stringify(value)
  return values
}

/** Kysely's own way to a connection goes over a pool; this one stays with the connection that it was given. */
function kyselyOver(connection: DatabaseConnection): Transaction<NoTables> {
  const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('no pool')) })
  const executor = new DefaultQueryExecutor(new PostgresQueryCompiler(), new PostgresAdapter(), {
    provideConnection: (consumer) => consumer(connection),
  })
  return new Transaction({ config: { dialect }, dialect, driver: dialect.createDriver(), executor })
}
