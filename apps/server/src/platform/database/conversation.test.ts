import { hospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import type { Tx } from './tx.ts'

const OURS = hospitalId('ours')

let made: TestDatabase
beforeAll(async () => {
  made = await createTestDatabase()
  await made.asOwner(`CREATE TABLE note (hospital_id text, id int, body jsonb, PRIMARY KEY (hospital_id, id));
    CREATE UNIQUE INDEX note_body ON note (hospital_id, body) WHERE id < 100;
    GRANT ALL ON note TO zhangyi_app`)
})
afterAll(() => made.drop())

const write = (tx: Tx, id: number, body: unknown = null) =>
  tx.later(sql`INSERT INTO note VALUES (${tx.hospitalId}, ${id}, ${body})`)
const idsIn = async (tx: Tx, from: number) => {
  const { rows } = await sql<{ id: number }>`SELECT id FROM note WHERE id >= ${from} ORDER BY id`.execute(
    tx.sql,
  )
  return rows.map(({ id }) => id)
}
const idsFrom = (from: number) => made.database.inTransaction(OURS, (tx) => idsIn(tx, from))

test('what nobody waits for is written with the commit, and is there for who reads before', async () => {
  await made.database.inTransaction(OURS, async (tx) => {
    write(tx, 100)
    write(tx, 101)
    expect(await idsIn(tx, 100)).toEqual([100, 101])
    write(tx, 102)
  })
  expect(await idsFrom(100)).toEqual([100, 101, 102])
})

test('questions that are asked at once are answered each its own', async () => {
  const [one, two] = await made.database.inTransaction(OURS, (tx) =>
    Promise.all([sql`SELECT 1 AS n`.execute(tx.sql), sql`SELECT 2 AS n`.execute(tx.sql)]),
  )
  expect([one?.rows, two?.rows]).toEqual([[{ n: 1 }], [{ n: 2 }]])
})

test('a write that fails at the commit is the transaction’s error, and nothing of it stays', async () => {
  const failing = made.database.inTransaction(OURS, (tx) => {
    write(tx, 200)
    write(tx, 200)
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(await idsFrom(200)).toEqual([])
})

test('a write that fails is the error of the next question, and of every one after it', async () => {
  const seen: unknown[] = []
  const failing = made.database.inTransaction(OURS, async (tx) => {
    write(tx, 300)
    write(tx, 300)
    await idsIn(tx, 300).catch((error: { code: string }) => seen.push(error.code))
    // Swallowed: yet nothing is committed.
    write(tx, 301)
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(seen).toEqual(['23505'])
  expect(await idsFrom(300)).toEqual([])
})

test('a value that cannot be sent: what left with it is not committed, and the connection goes on', async () => {
  const circular: { self?: unknown } = {}
  circular.self = circular
  for (let turn = 0; turn < 12; turn++) {
    const failing = made.database.inTransaction(OURS, (tx) => {
      write(tx, 400)
      write(tx, 401, circular)
      write(tx, 402)
    })
    await expect(failing).rejects.toThrow(/circular/i)
    await expect(made.database.inTransaction(OURS, (tx) => write(tx, 410 + turn))).resolves.toBeUndefined()
  }
  expect((await idsFrom(400)).filter((id) => id < 410)).toEqual([])
  expect(await idsFrom(410)).toHaveLength(12)
})

test('after an error every statement that left with it can be asked again', async () => {
  const fail = (turn: number) =>
    made.database.inTransaction(OURS, async (tx) => {
      write(tx, 500)
      tx.later(sql`SELECT 1 / ${0}`)
      tx.later(sql`SELECT ${turn}::int AS only_here`)
      await sql`SELECT ${turn}::int AS after_it`.execute(tx.sql)
    })
  for (let turn = 0; turn < 8; turn++) await expect(fail(turn)).rejects.toMatchObject({ code: '22012' })
  const { rows } = await made.database.inTransaction(OURS, async (tx) => {
    tx.later(sql`SELECT ${1}::int AS only_here`)
    return sql`SELECT ${7}::int AS after_it`.execute(tx.sql)
  })
  expect(rows).toEqual([{ after_it: 7 }])
})

test('the error says where it was asked', async () => {
  const asked = made.database.inTransaction(OURS, async function whoAsks(tx) {
    await sql`SELECT nonsense`.execute(tx.sql)
  })
  const error = await asked.catch((caught: Error) => caught)
  expect((error as Error).stack).toMatch(/conversation\.test\.ts/)
})

test('a read of one statement answers, refuses a second one and any write, and leaves its connection usable', async () => {
  const { database } = made
  expect(await database.read(OURS, (tx) => idsIn(tx, 100).then((ids) => ids.slice(0, 1)))).toEqual([100])
  const twice = database.read(OURS, async (tx) => {
    await idsIn(tx, 100)
    await idsIn(tx, 100)
  })
  await expect(twice).rejects.toThrow(/asks twice/)
  await expect(database.read(OURS, async (tx) => write(tx, 600))).rejects.toThrow(/does not write/)
  await expect(database.read(OURS, (tx) => sql`SELECT 1 / 0`.execute(tx.sql))).rejects.toMatchObject({
    code: '22012',
  })
  for (let turn = 0; turn < 12; turn++) expect(await database.read(OURS, (tx) => idsIn(tx, 600))).toEqual([])
})

test('a read is its hospital’s', async () => {
  const hospital = () => sql<{ is: string }>`SELECT current_setting('zhangyi.hospital') AS is`
  const seen = await Promise.all(
    ['a1', 'b2', 'c3'].map((id) =>
      made.database.read(hospitalId(id), async (tx) => (await hospital().execute(tx.sql)).rows[0]?.is),
    ),
  )
  expect(seen).toEqual(['a1', 'b2', 'c3'])
})

test('a transaction that asks and writes nothing begins nothing', async () => {
  await expect(made.database.inTransaction(OURS, () => 'nothing')).resolves.toBe('nothing')
})
