import pg from 'pg'

/** What `pg` calls on a query while its answer comes in; `@types/pg` knows only the first. */
interface Part {
  readonly name?: string
  readonly text?: string
  submit(connection: pg.Connection): Error | null
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: pg.Connection): void
  handleReadyForQuery(connection: pg.Connection): void
  handleError(error: Error, connection: pg.Connection): void
}

interface Connection extends pg.Connection {
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
  sync(): void
}

export interface BatchedStatement {
  readonly text: string
  readonly values: readonly unknown[]
  readonly name: string | undefined
  readonly types: pg.CustomTypesConfig
  readonly answered: (error: Error | undefined, result: pg.QueryResult) => void
}

/**
 * Statements that PostgreSQL is sent with one message of synchronisation at their end, and answers at once. The first one
 * that fails is told so, and with it all after it, which were not run. Goes to `client.query` as a cursor does.
 */
export class Batch implements pg.Submittable {
  #parts: readonly Part[]
  #at = 0
  #refused: Error | undefined

  constructor(statements: readonly BatchedStatement[]) {
    this.#parts = statements.map(({ text, values, name, types, answered }) => {
      const config = {
        ...{ text, values: [...values], types, queryMode: 'extended' },
        ...(name !== undefined && { name }),
      }
      const answer = (error: Error | undefined, result: pg.QueryResult) => {
        this.#refused ??= error
        answered(error, result)
      }
      return new pg.Query(config as pg.QueryConfig, answer) as unknown as Part
    })
  }

  /** `pg` keeps by these which named statement was parsed: always the one that is being answered. */
  get name(): string | undefined {
    return this.#parts[this.#at]?.name
  }
  get text(): string | undefined {
    return this.#parts[this.#at]?.text
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection
    // The parts synchronise nowhere, and leave as one piece.
    const unsynchronised = Object.create(connection, { sync: { value: () => {} } }) as pg.Connection
    stream.cork()
    for (const part of this.#parts) {
      this.#refused ??= part.submit(unsynchronised) ?? undefined
      if (this.#refused === undefined) continue
      // `pg` could not write it, and the database waits for its rest: above all no commit follows.
      this.#drop(0, this.#refused, connection)
      stream.destroy(this.#refused)
      return
    }
    ;(connection as Connection).sync()
    stream.uncork()
  }

  handleRowDescription(message: unknown): void {
    this.#parts[this.#at]?.handleRowDescription(message)
  }

  handleDataRow(message: unknown): void {
    this.#parts[this.#at]?.handleDataRow(message)
  }

  handleCommandComplete(message: unknown, connection: pg.Connection): void {
    const part = this.#parts[this.#at]
    this.#at += 1
    part?.handleCommandComplete(message, connection)
    part?.handleReadyForQuery(connection)
  }

  /** An empty text has no command to complete. */
  handleEmptyQuery(connection: pg.Connection): void {
    const part = this.#parts[this.#at]
    this.#at += 1
    part?.handleReadyForQuery(connection)
  }

  /** Each part was told when its own answer was whole. */
  handleReadyForQuery(): void {}

  handleError(error: Error, connection: pg.Connection): void {
    this.#drop(this.#at, error, connection)
  }

  #drop(from: number, error: Error, connection: pg.Connection): void {
    const { parsedStatements, submittedNamedStatements } = connection as Connection
    const dropped = this.#parts.slice(from)
    this.#parts = this.#parts.slice(0, from)
    for (const part of dropped) {
      // Not reached, so not parsed.
      if (part.name !== undefined && parsedStatements[part.name] === undefined)
        delete submittedNamedStatements[part.name]
      part.handleError(error, connection)
    }
  }
}
