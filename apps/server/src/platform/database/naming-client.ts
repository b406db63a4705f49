import pg from 'pg'
import type { StatementNames } from './statement-names.ts'

/** "cached plan must not change result type": the table got a column since the statement was named. */
export const STALE_PLAN = '0A000'

/** A client of `pg` that names the statements that come again. What has no parameters goes as it is. */
export function namingClient(names: StatementNames): typeof pg.Client {
  return class extends pg.Client {
    // pg has a dozen overloads; only the one of a text with values is changed.
    override query(...given: unknown[]): never {
      const [text, values, ...rest] = given
      const send = super.query.bind(this) as (...all: unknown[]) => never
      if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return send(...given)
      const name = names.nameOf(text)
      return name === undefined ? send(...given) : send({ name, text, values }, ...rest)
    }
  } as typeof pg.Client
}
