import { randomBytes } from 'node:crypto'
import { Database } from '@zhangyi/server'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'

export interface TestDatabase {
  readonly database: Database
  readonly appUrl: string
  readonly ownerUrl: string
  /** A statement past row-level security, for a look at what was stored. */
  asOwner<Row extends object>(statement: string): Promise<Row[]>
  /** Closes the connections and drops the database. */
  drop(): Promise<void>
}

/** A migrated database of this test's own. Closed after the test; kept for a look when the test failed. */
export async function testDatabase(): Promise<TestDatabase> {
  const made = await createTestDatabase()
  onTestFinished(({ task }) => (task.result?.state === 'pass' ? made.drop() : made.database.close()))
  return made
}

/** For all tests of a file; the file drops it at its end. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject('testDatabase'))
}

/** On a server that has the migrated template. */
export async function copyTemplate({
  ownerUrl,
  appUrl,
}: Pick<TestDatabase, 'ownerUrl' | 'appUrl'>): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const at = (url: string) => url.replace(/\/zhangyi$/, `/${name}`)
  // Half of what it costs to write the copy into the log as well.
  await run(ownerUrl, `CREATE DATABASE ${name} TEMPLATE zhangyi_template STRATEGY file_copy`)
  const database = new Database({ url: at(appUrl), plansForAnyValue: true })
  return {
    database,
    appUrl: at(appUrl),
    ownerUrl: at(ownerUrl),
    asOwner: (statement) => run(at(ownerUrl), statement),
    drop: async () => {
      await database.close()
      await run(ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function run<Row extends object>(url: string, statement: string): Promise<Row[]> {
  // A test that begins anew empties the audit too, which is refused to whoever does not say that it is meant.
  const client = new pg.Client({
    connectionString: url,
    options: '-c zhangyi.audit_removal=deliberate',
  })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
