import { DAY_MS, hospitalId } from '@zhangyi/core'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useUsageSandbox } from '../../../../../tests/setup/usage-rig.ts'
import { keepDaysWork } from './keep-days.ts'

const newRig = useUsageSandbox()
const OLD = '2020-01-06T09:00:00+08:00'

const daysOf = async (rig: Awaited<ReturnType<typeof newRig>>) =>
  (
    await rig.asOwner<{ name: string }>(
      `SELECT relname AS name FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
       WHERE nspname = 'usage_days' AND relkind = 'r' ORDER BY relname`,
    )
  ).map(({ name }) => name)

test('the tables of the days to come and of those that others may still tell of are there', async () => {
  const rig = await newRig({ intakeDays: 2 })
  expect(await daysOf(rig)).toEqual([
    ...['d20261121', 'd20261122', 'd20261123', 'd20261124', 'd20261125', 'd20261126', 'other'],
  ])
  await keepDaysWork(rig.room).runDue(rig.clock, 1)
  expect(await daysOf(rig)).toHaveLength(7)
})

test('a day goes when its time is over, but none of which something waits to be sent; so do its keys', async () => {
  // Days are dropped by the real time as well: these are over by any clock.
  const rig = await newRig({ retentionDays: 7, intakeDays: 0 }, OLD)
  const key = (name: string, day: string) =>
    rig.asOwner(`INSERT INTO usage_key VALUES ('demo', '${name}', '${name}', '${day}')`)
  await rig.store(2)
  await rig.record(await rig.newPatient())
  await key('over', '2020-01-06')
  await rig.run()
  rig.clock.advance(DAY_MS)
  await rig.store(1)
  rig.clock.advance(8 * DAY_MS)
  await key('kept', '2020-01-08')
  await keepDaysWork(rig.room).runDue(rig.clock, 1)
  const kept = await daysOf(rig)
  expect(kept).not.toContain('d20200106')
  expect(kept).toContain('d20200107')
  expect(await rig.rows()).toMatchObject([{ day: '2020-01-07', state: 'pending' }])
  expect(await rig.asOwner(`SELECT encode(key_hash, 'escape') AS key FROM usage_key`)).toEqual([
    { key: 'kept' },
  ])
  expect(await rig.asOwner('SELECT 1 FROM usage_recent'), 'who asked what is forgotten').toEqual([])
  await rig.run()
  expect(await rig.rows()).toMatchObject([{ state: 'delivered', late: true }])
})

test('bug: what lies in no day’s own table is let go of in its time, too', async () => {
  const rig = await newRig({ retentionDays: 7, intakeDays: 0 }, OLD)
  await rig.store(1, { occurredAtMs: rig.clock.nowMs() - 40 * DAY_MS })
  await rig.store(1, { occurredAtMs: rig.clock.nowMs() - 40 * DAY_MS, state: 'parked', dueAtMs: null })
  await keepDaysWork(rig.room).runDue(rig.clock, 1)
  expect((await rig.rows()).map(({ state }) => state)).toEqual(['pending'])
})

test('a clock that runs ahead by years drops nothing of the last week', async () => {
  const rig = await newRig({ retentionDays: 7 }, new Date().toISOString())
  await rig.store(3)
  await rig.run()
  rig.clock.advance(1_000 * DAY_MS)
  await keepDaysWork(rig.room).runDue(rig.clock, 1)
  expect(await rig.rows()).toHaveLength(3)
})

test('the server’s role reaches days through usage_event only, and there its own hospital', async () => {
  const rig = await newRig()
  await rig.store(2)
  for (const statement of [
    'SELECT * FROM usage_days.d20261123',
    'DELETE FROM usage_days.other',
    'CREATE TABLE usage_days.mine (id int)',
    'DROP TABLE usage_days.d20261123',
  ])
    await expect(rig.database.pool.query(statement), statement).rejects.toThrow(/permission denied/)
  const seen = (hospital: string) =>
    rig.database.inTransaction(
      hospitalId(hospital),
      async (tx) => (await sql`SELECT 1 FROM usage_event`.execute(tx.sql)).rows.length,
    )
  expect([await seen('demo'), await seen('other')]).toEqual([2, 0])
})
