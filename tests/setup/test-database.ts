import { randomBytes } from 'node:crypto'
import { Database } from '@zhangyi/server'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'

export interface TestDatabase {
  readonly database: Database
  readonly appUrl: string
  readonly ownerUrl: string
}

/** A migrated database of this test's own. Closed after the test; kept for a look when the test failed. */
export async function testDatabase(): Promise<TestDatabase> {
  const { ownerUrl, appUrl } = inject('testDatabase')
  const name = `test_${randomBytes(6).toString('hex')}`
  const at = (url: string) => url.replace(/\/zhangyi$/, `/${name}`)
  await asOwner(ownerUrl, `CREATE DATABASE ${name} TEMPLATE zhangyi_template`)
  const database = new Database({ url: at(appUrl) })
  onTestFinished(async ({ task }) => {
    await database.close()
    if (task.result?.state === 'pass') await asOwner(ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  })
  return { database, appUrl: at(appUrl), ownerUrl: at(ownerUrl) }
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
