import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { findMigrations, type Migration, migrate } from './migrate.ts'

const ADD: Migration = { name: '209901010000_test_add', sql: 'CREATE TABLE test_thing (id int)' }
const MORE: Migration = { name: '209901010001_test_more', sql: 'INSERT INTO test_thing VALUES (1)' }

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('applies what is missing, once; a second run finds nothing to do', async () => {
  const { ownerUrl } = await testDatabase()
  expect(await migrate(ownerUrl)).toEqual([])
  expect(await migrate(ownerUrl, [ADD])).toEqual([ADD.name])
  expect(await migrate(ownerUrl, [ADD, MORE])).toEqual([MORE.name])
  expect(await migrate(ownerUrl, [ADD, MORE])).toEqual([])
  expect(await query(ownerUrl, 'SELECT id FROM test_thing')).toEqual([{ id: 1 }])
})

test('a migration that was edited after it had been applied is refused, and nothing after it runs', async () => {
  const { ownerUrl } = await testDatabase()
  await migrate(ownerUrl, [ADD])
  const edited = { ...ADD, sql: `${ADD.sql} -- better` }
  await expect(migrate(ownerUrl, [edited, MORE])).rejects.toThrow(`${ADD.name} was edited after`)
  expect(await query(ownerUrl, 'SELECT id FROM test_thing')).toEqual([])
})

test('two servers that start together: one migrates, the other waits and finds nothing to do', async () => {
  const { ownerUrl } = await testDatabase()
  const both = await Promise.all([migrate(ownerUrl, [ADD, MORE]), migrate(ownerUrl, [ADD, MORE])])
  expect(both.flat().sort()).toEqual([ADD.name, MORE.name])
  expect(await query(ownerUrl, 'SELECT id FROM test_thing')).toEqual([{ id: 1 }])
})

test('a migration that fails leaves nothing of itself and is tried again', async () => {
  const { ownerUrl } = await testDatabase()
  const broken = { ...MORE, sql: `${MORE.sql}; SELECT 1 / 0` }
  await expect(migrate(ownerUrl, [ADD, broken])).rejects.toThrow(
    `migration ${MORE.name} failed: division by zero`,
  )
  expect(await query(ownerUrl, 'SELECT id FROM test_thing')).toEqual([])
  expect(await migrate(ownerUrl, [ADD, MORE])).toEqual([MORE.name])
})

test('the server’s role reads and writes rows of a new table, and changes neither schema nor history', async () => {
  const { ownerUrl, appUrl } = await testDatabase()
  await migrate(ownerUrl, [ADD])
  await query(appUrl, 'INSERT INTO test_thing VALUES (2)')
  for (const forbidden of [
    'DROP TABLE test_thing',
    'ALTER TABLE session DISABLE ROW LEVEL SECURITY',
    'CREATE TABLE mine (id int)',
    'DELETE FROM migration',
    'UPDATE audit_entry SET actor = NULL',
    'DELETE FROM audit_entry',
    'UPDATE journal_entry SET amount_fen = 0',
    'DELETE FROM journal_entry',
  ])
    await expect(query(appUrl, forbidden), forbidden).rejects.toThrow(/permission denied|must be owner/)
})

test('every migration is named by its time, its room and what it does; no name stands twice', async () => {
  const names = (await findMigrations()).map(({ name }) => name)
  expect(names.filter((name) => !/^20\d{10}_[a-z]+(_[a-z0-9]+)+$/.test(name))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
  expect(names).toEqual([...names].sort())
})
