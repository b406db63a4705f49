import { DAY_MS, hospitalId, ManualClock } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../../../tests/setup/test-database.ts'
import { SEED_FROM_MS, seedAudit } from '../test-support/seed-audit.ts'
import { checkChain } from './check-chain.ts'
import { linkEntries } from './link-entries.ts'
import { removeOld } from './remove-old.ts'

const FIRST = hospitalId('first')
const LONG_AGO = Date.parse('2020-01-01T00:00:00+08:00')

async function keeping() {
  const made = await testDatabase()
  const { database } = made
  const told: object[] = []
  const clock = new ManualClock('2026-11-28T12:00:00+08:00')
  const room = {
    database,
    clock,
    settings: { auditKeepDays: 1_100 },
    log: { error: (it: object) => void told.push(it) },
  }
  await seedAudit(made, { count: 30, fromMs: LONG_AGO })
  await seedAudit(made, { count: 10, fromMs: SEED_FROM_MS })
  await linkEntries(database, FIRST)
  return { ...made, room, told }
}

test('what was kept long enough is removed from the beginning; the rest is whole, and the removal stands in it', async () => {
  const { database, room, asOwner } = await keeping()
  const before = await checkChain(database, FIRST)
  expect(await removeOld(room, FIRST)).toBe(30)
  expect(await removeOld(room, FIRST)).toBe(0)
  await linkEntries(database, FIRST)
  expect(await checkChain(database, FIRST)).toMatchObject({ isWhole: true, after: 30, checked: 11 })
  expect(await checkChain(database, FIRST, { since: before.head })).toMatchObject({
    isWhole: true,
    checked: 1,
  })
  const [entry] = await asOwner(`SELECT actor, detail FROM audit_entry WHERE action = 'audit.removed'`)
  expect(entry).toMatchObject({ actor: 'system:audit', detail: { removed: 30, place: 30 } })
  const zero = Buffer.alloc(32)
  await expect(checkChain(database, FIRST, { since: { place: 12, hash: zero } })).rejects.toMatchObject({
    fields: [
      { field: 'since', message: expect.stringMatching(/^第 30 环以前已经按保存期限移除.*30:[0-9a-f]{64}$/) },
    ],
  })
})

test('a server whose clock was moved can not remove what is still to be kept', async () => {
  const { database, room, asOwner } = await keeping()
  const { head } = await checkChain(database, FIRST)
  // Three years later by the server's clock, and by the database's the last ten are young.
  room.clock.advance(1_200 * DAY_MS)
  await expect(removeOld(room, FIRST)).rejects.toThrow('are still to be kept')
  expect(await checkChain(database, FIRST)).toMatchObject({ isWhole: true, checked: 40, head })
  expect(await asOwner('SELECT FROM audit_anchor')).toHaveLength(0)
})

test('all of it may go: what comes later goes on from the anchor', async () => {
  const made = await testDatabase()
  const { database } = made
  await seedAudit(made, { count: 8, fromMs: LONG_AGO })
  await linkEntries(database, FIRST)
  const room = {
    database,
    clock: new ManualClock(),
    settings: { auditKeepDays: 1_100 },
    log: { error: () => {} },
  }
  expect(await removeOld(room, FIRST)).toBe(8)
  expect(await checkChain(database, FIRST)).toMatchObject({ isWhole: true, head: { place: 8 }, unlinked: 1 })
  await linkEntries(database, FIRST)
  expect(await checkChain(database, FIRST)).toMatchObject({ isWhole: true, after: 8, head: { place: 9 } })
})

test('a beginning that was tampered with is evidence and stays', async () => {
  const { database, room, told, asOwner } = await keeping()
  await asOwner(`ALTER TABLE audit_entry DISABLE TRIGGER USER;
    UPDATE audit_entry SET actor = 'user:else' WHERE id = (SELECT entry_id FROM audit_link WHERE place = 12);
    ALTER TABLE audit_entry ENABLE TRIGGER USER`)
  expect(await removeOld(room, FIRST)).toBe(11)
  expect(told).toMatchObject([{ place: 12 }])
  expect(await removeOld(room, FIRST)).toBe(0)
  expect((await checkChain(database, FIRST)).problem).toMatchObject({ kind: 'changed', place: 12 })
})

test('not even the function removes what is not the beginning, or has another hash, or a gap', async () => {
  const { database, asOwner } = await keeping()
  const remove = (place: number, hash: string) =>
    database.inTransaction(FIRST, (tx) =>
      tx.later({
        compile: () => ({
          sql: 'SELECT audit_remove_beginning($1, $2, $3, 1)',
          parameters: ['first', place, Buffer.from(hash, 'hex')],
        }),
      }),
    )
  const hashAt = async (place: number) =>
    (
      await asOwner<{ hash: string }>(
        `SELECT encode(hash, 'hex') AS hash FROM audit_link WHERE place = ${place}`,
      )
    )[0]?.hash ?? ''
  await expect(remove(5, 'ab'.repeat(32))).rejects.toThrow('no link of this hash')
  await expect(remove(99, 'ab'.repeat(32))).rejects.toThrow('no link of this hash')
  await expect(remove(31, await hashAt(31))).rejects.toThrow('are still to be kept')
  await asOwner('DELETE FROM audit_entry WHERE id = (SELECT entry_id FROM audit_link WHERE place = 3)')
  await expect(remove(5, await hashAt(5))).rejects.toThrow('has a gap')
})
