import { hospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import type { SessionTables } from '../sessions/session.ts'

const OURS = hospitalId('ours')
const THEIRS = hospitalId('theirs')

test('a hospital neither sees nor writes rows of another, even by a statement that names it', async () => {
  const { database } = await testDatabase()
  const insert = (into: typeof OURS, as = into) =>
    database.inTransaction(as, (tx) =>
      tx.sql
        .withTables<SessionTables>()
        .insertInto('app_user')
        .values({ hospital_id: into, id: `user-${into}`, created_at_ms: 1 })
        .execute(),
    )
  await insert(OURS)
  await insert(THEIRS)
  const seen = await database.inTransaction(OURS, (tx) =>
    tx.sql.withTables<SessionTables>().selectFrom('app_user').select('id').execute(),
  )
  expect(seen).toEqual([{ id: 'user-ours' }])
  await expect(insert(THEIRS, OURS)).rejects.toThrow(/row-level security/)
})

test('a serialisation failure is repeated by the database layer, not by the caller', async () => {
  const { database } = await testDatabase()
  let runs = 0
  await database.inTransaction(OURS, async (tx) => {
    runs++
    if (runs < 3) await sql`DO $$ BEGIN RAISE SQLSTATE '40001'; END $$`.execute(tx.sql)
  })
  expect(runs).toBe(3)
})

test('every table of the schema that holds hospital data has hospital_id first in its primary key and a policy', async () => {
  const { ownerUrl } = await testDatabase()
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{
    table: string
    first: string | null
    secured: boolean
    policies: string
  }>(`
    SELECT c.relname AS table, c.relrowsecurity AS secured,
      (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
       WHERE i.indrelid = c.oid AND i.indisprimary) AS first,
      (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`)
  await client.end()
  const exceptions = ['migration']
  const wrong = rows.filter(
    ({ table, first, secured, policies }) =>
      !exceptions.includes(table) && (first !== 'hospital_id' || !secured || policies === '0'),
  )
  expect(rows.length).toBeGreaterThan(5)
  expect(wrong).toEqual([])
})

test('a column that a migration adds under a running server stops nothing: the statement is planned anew', async () => {
  const { database, asOwner } = await testDatabase()
  await asOwner(`CREATE TABLE grown (hospital_id text PRIMARY KEY, a int); GRANT ALL ON grown TO zhangyi_app;
    INSERT INTO grown VALUES ('ours', 1)`)
  const read = () =>
    database.inTransaction(OURS, (tx) =>
      tx.sql
        .withTables<{ grown: { hospital_id: string; a: number } }>()
        .selectFrom('grown')
        .selectAll()
        .where('hospital_id', '=', OURS)
        .executeTakeFirst(),
    )
  for (let use = 0; use < 8; use++) expect(await read()).toMatchObject({ a: 1 })
  await asOwner('ALTER TABLE grown ADD COLUMN b int DEFAULT 2')
  for (let use = 0; use < 8; use++) expect(await read()).toMatchObject({ a: 1, b: 2 })
})
