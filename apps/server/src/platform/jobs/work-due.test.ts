import { hospitalId, ManualClock } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { type DueRows, workDue } from './work-due.ts'

const OURS = hospitalId('ours')
interface Row {
  readonly id: string
  readonly tries: number
}

async function openTable(ids: readonly string[]) {
  const at = await testDatabase()
  await at.asOwner(`CREATE TABLE due_thing (hospital_id text NOT NULL, id text NOT NULL, tries int NOT NULL DEFAULT 0,
    next_action_at_ms bigint, PRIMARY KEY (hospital_id, id))`)
  await at.asOwner('GRANT SELECT, UPDATE ON due_thing TO zhangyi_app')
  const clock = new ManualClock()
  for (const [index, id] of ids.entries())
    await at.asOwner(`INSERT INTO due_thing VALUES ('ours', '${id}', 0, ${clock.nowMs() - 1_000 + index})`)
  const worked: Row[] = []
  const failed: string[] = []
  const due = (one: (row: Row) => Promise<void> = async () => {}): DueRows<Row> => ({
    ...{ table: 'due_thing', counter: 'tries', leaseMs: 60_000, atOnce: 2 },
    one: async (row) => {
      worked.push(row)
      await one(row)
    },
    failed: ({ id }) => void failed.push(id),
  })
  return { ...at, clock, worked, failed, due }
}

test('due rows are worked in the order in which they are due, counted, and not again before their lease is over', async () => {
  const { database, clock, worked, due } = await openTable(['a', 'b', 'c'])
  expect(await workDue(database, OURS, due(), clock, 100)).toBe(3)
  expect(worked.map(({ id, tries }) => [id, tries])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ])
  expect(await workDue(database, OURS, due(), clock, 100)).toBe(0)
  clock.advance(60_000)
  expect(await workDue(database, OURS, due(), clock, 100)).toBe(3)
})

test('a row that throws stops no other one and is told of', async () => {
  const { database, clock, worked, failed, due } = await openTable(['a', 'b', 'c'])
  const throwing = due(async ({ id }) => {
    if (id === 'a') throw new Error('not this one')
  })
  expect(await workDue(database, OURS, throwing, clock, 100)).toBe(3)
  expect([worked.length, failed]).toEqual([3, ['a']])
})

test('no more than the limit, nobody else’s rows, and two at once never the same row', async () => {
  const { database, clock, worked, due, asOwner } = await openTable(['a', 'b', 'c', 'd', 'e', 'f'])
  await asOwner(`INSERT INTO due_thing VALUES ('theirs', 'x', 0, 1)`)
  expect(await workDue(database, OURS, due(), clock, 3)).toBe(3)
  const both = await Promise.all([1, 2].map(() => workDue(database, OURS, due(), clock, 100)))
  expect(both.reduce((sum, count) => sum + count, 0)).toBe(3)
  expect(worked.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})
