import { hospitalId } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../../../../tests/setup/test-database.ts'
import { seedAudit } from '../test-support/seed-audit.ts'
import { chainPlaceText, parseChainPlace } from './chain-place.ts'
import { checkChain } from './check-chain.ts'
import { hashEntry } from './entry-hash.ts'
import { linkEntries } from './link-entries.ts'

const FIRST = hospitalId('first')
const COUNT = 40

/** What an owner of the database can do who means it. */
const tamper = ({ asOwner }: TestDatabase, statements: string) =>
  asOwner(`
    ALTER TABLE audit_entry DISABLE TRIGGER USER; ALTER TABLE audit_link DISABLE TRIGGER USER;
    ${statements};
    ALTER TABLE audit_entry ENABLE TRIGGER USER; ALTER TABLE audit_link ENABLE TRIGGER USER`)

async function chained(count = COUNT): Promise<TestDatabase> {
  const made = await testDatabase()
  await seedAudit(made, { count })
  await linkEntries(made.database, FIRST)
  return made
}

const check = ({ database }: TestDatabase, wish?: Parameters<typeof checkChain>[2]) =>
  checkChain(database, FIRST, wish)
const entryOf = (place: number) => `(SELECT entry_id FROM audit_link WHERE place = ${place})`

test('a chain that nobody touched is whole, and tells its head', async () => {
  const made = await chained()
  const report = await check(made)
  expect(report).toMatchObject({ isWhole: true, problem: undefined, checked: COUNT, unlinked: 0 })
  expect(report.head.place).toBe(COUNT)
  expect(parseChainPlace(chainPlaceText(report.head))).toEqual(report.head)
  await seedAudit(made, { count: 2 })
  expect(await check(made)).toMatchObject({ isWhole: true, checked: COUNT, unlinked: 2 })
})

test.each(['actor', 'action', 'subject', 'trace_id'])(
  'a changed %s is found, with its place and entry',
  async (column) => {
    const made = await chained()
    await tamper(made, `UPDATE audit_entry SET ${column} = ${column} || 'x' WHERE id = ${entryOf(17)}`)
    const { isWhole, problem } = await check(made)
    expect([isWhole, problem]).toMatchObject([false, { kind: 'changed', place: 17 }])
    expect(problem?.zh).toMatch(/^第 17 环，条目 \d+：内容和入链时不同/)
  },
)

test.each([
  [`detail = jsonb_set(detail, '{why}', '"别的"')`],
  [`detail = detail || '{"more": true}'`],
  ['at_ms = at_ms - 86400000'],
])('changed by %s it is found', async (set) => {
  const made = await chained()
  await tamper(made, `UPDATE audit_entry SET ${set} WHERE id = ${entryOf(COUNT)}`)
  expect((await check(made)).problem).toMatchObject({ kind: 'changed', place: COUNT })
})

test('letters that move from one field to the next are found', async () => {
  const made = await chained()
  await tamper(
    made,
    `UPDATE audit_entry SET actor = actor || left(action, 1), action = substr(action, 2) WHERE id = ${entryOf(3)}`,
  )
  expect((await check(made)).problem).toMatchObject({ kind: 'changed', place: 3 })
})

test('a change that makes its own hash anew is found at the next link', async () => {
  const made = await chained()
  await tamper(made, `UPDATE audit_entry SET actor = 'user:else' WHERE id = ${entryOf(17)}`)
  await rehash(made, 17, 17)
  expect((await check(made)).problem).toMatchObject({ kind: 'changed', place: 18 })
})

test('a removed entry is found', async () => {
  const made = await chained()
  await tamper(made, `DELETE FROM audit_entry WHERE id = ${entryOf(17)}`)
  expect((await check(made)).problem).toMatchObject({ kind: 'removed', place: 17 })
})

test('an entry that was removed before it was linked is found', async () => {
  const made = await chained()
  await seedAudit(made, { count: 2 })
  await tamper(made, 'DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)')
  const { problem } = await check(made)
  expect(problem).toMatchObject({ kind: 'removed', place: undefined })
})

test('an entry removed with its link leaves a gap', async () => {
  const made = await chained()
  await tamper(
    made,
    `DELETE FROM audit_entry WHERE id = ${entryOf(17)}; DELETE FROM audit_link WHERE place = 17`,
  )
  expect((await check(made)).problem).toMatchObject({ kind: 'removed', place: 17, entryId: undefined })
})

test('a gap that was closed by numbering anew is found where it was', async () => {
  const made = await chained()
  await tamper(
    made,
    `DELETE FROM audit_entry WHERE id = ${entryOf(17)}; DELETE FROM audit_link WHERE place = 17;
     UPDATE audit_link SET place = place + 1000 WHERE place > 17; UPDATE audit_link SET place = place - 1001 WHERE place > 1000`,
  )
  const { problem } = await check(made)
  expect(problem).toMatchObject({ kind: 'changed', place: 17 })
  expect(problem?.zh).toContain('抽走')
})

test('an entry written past the trigger is found: it stands in no chain', async () => {
  const made = await chained()
  // An id that was never given out, as a rolled back transaction leaves it.
  await made.asOwner(`SELECT setval(pg_get_serial_sequence('audit_entry', 'id'), 1000)`)
  await seedAudit(made, { count: 1 })
  await linkEntries(made.database, FIRST)
  await tamper(
    made,
    `INSERT INTO audit_entry (hospital_id, id, at_ms, actor, action, subject, trace_id) OVERRIDING SYSTEM VALUE
     VALUES ('first', 500, 1, 'operator:forged', 'refunds.reissue-agreed', 'x', '-')`,
  )
  expect((await check(made)).problem).toMatchObject({ kind: 'inserted', place: undefined, entryId: 500 })
})

test.each(['a hash of its own', 'a hash that fits'])(
  'an entry put into the chain with %s is found',
  async (how) => {
    const made = await chained()
    await tamper(
      made,
      `INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id)
       VALUES ('first', 1, 'operator:forged', 'refunds.reissue-agreed', 'x', '-');
     UPDATE audit_link SET place = place + 1000 WHERE place >= 17; UPDATE audit_link SET place = place - 999 WHERE place > 1000;
     INSERT INTO audit_link SELECT 'first', 17, max(id), decode(repeat('ab', 32), 'hex') FROM audit_entry`,
    )
    if (how === 'a hash that fits') await rehash(made, 17, 17)
    expect((await check(made)).problem).toMatchObject({ kind: 'inserted', place: 17 })
  },
)

test.each([
  ['two neighbours', 17, 18],
  ['two far apart', 9, 31],
])('%s that changed places are found', async (_which, left, right) => {
  const made = await chained()
  await tamper(
    made,
    `UPDATE audit_link SET place = 1000 WHERE place = ${left}; UPDATE audit_link SET place = ${left} WHERE place = ${right};
     UPDATE audit_link SET place = ${right} WHERE place = 1000`,
  )
  expect((await check(made)).problem).toMatchObject({ kind: 'moved', place: left })
})

test('entries that changed places under their hashes are found', async () => {
  const made = await chained()
  await tamper(
    made,
    `CREATE TEMP TABLE was AS SELECT place, entry_id FROM audit_link WHERE place IN (9, 31);
     UPDATE audit_link SET entry_id = -place WHERE place IN (9, 31);
     UPDATE audit_link l SET entry_id = was.entry_id FROM was WHERE l.place = 40 - was.place`,
  )
  expect((await check(made)).problem).toMatchObject({ kind: 'moved', place: 9 })
})

test('a beginning that was cut off without its time being over is found', async () => {
  const made = await chained()
  await tamper(
    made,
    `DELETE FROM audit_entry WHERE id <= ${entryOf(10)}; DELETE FROM audit_link WHERE place <= 10`,
  )
  expect((await check(made)).problem).toMatchObject({ kind: 'cut', place: 1 })
  const [{ hash = '' } = {}] = await made.asOwner<{ hash: string }>(
    `SELECT encode(hash, 'hex') AS hash FROM audit_link WHERE place = 11`,
  )
  // With an anchor that nobody recorded, too.
  await made.asOwner(`INSERT INTO audit_anchor VALUES ('first', 10, decode('${hash}', 'hex'), 1)`)
  expect((await check(made)).problem).toMatchObject({ kind: 'cut', place: 10 })
})

test('an end whose links were cut off is found by the entries that are left', async () => {
  const made = await chained()
  await tamper(made, 'DELETE FROM audit_link WHERE place > 30')
  expect((await check(made)).problem).toMatchObject({ kind: 'cut', place: undefined })
})

test('an end that was cut off with its entries is found only by who wrote the head down', async () => {
  const made = await chained()
  const { head } = await check(made)
  await tamper(
    made,
    `DELETE FROM audit_entry WHERE id > ${entryOf(30)}; DELETE FROM audit_link WHERE place > 30`,
  )
  expect(await check(made)).toMatchObject({ isWhole: true, checked: 30 })
  expect((await check(made, { since: head })).problem).toMatchObject({ kind: 'cut', place: COUNT })
})

test('a chain that was changed and hashed anew to its end is found only by who wrote a head down', async () => {
  const made = await chained()
  const { head } = await check(made)
  await seedAudit(made, { count: 5 })
  await linkEntries(made.database, FIRST)
  expect(await check(made, { since: head })).toMatchObject({ isWhole: true, after: COUNT, checked: 5 })
  await tamper(made, `UPDATE audit_entry SET actor = 'user:else' WHERE id = ${entryOf(17)}`)
  await rehash(made, 17, COUNT + 5)
  expect(await check(made)).toMatchObject({ isWhole: true })
  const { problem } = await check(made, { since: head })
  expect(problem).toMatchObject({ kind: 'rewritten', place: COUNT })
})

test('only the last links are walked when so asked', async () => {
  const made = await chained()
  await tamper(made, `UPDATE audit_entry SET actor = 'user:else' WHERE id = ${entryOf(17)}`)
  expect(await check(made, { last: 10 })).toMatchObject({ isWhole: true, after: 30, checked: 10 })
  expect(await check(made, { last: 24 })).toMatchObject({ isWhole: false, problem: { place: 17 } })
})

/** As the owner of the database could who has our source. */
async function rehash({ asOwner }: TestDatabase, from: number, through: number): Promise<void> {
  const rows = await asOwner<Record<string, string>>(`
    SELECT l.place, encode(l.hash, 'hex') AS hash, e.id, e.at_ms, e.actor, e.action, e.subject, e.trace_id, e.detail::text
    FROM audit_link l JOIN audit_entry e ON e.id = l.entry_id WHERE l.place BETWEEN ${from - 1} AND ${through} ORDER BY l.place`)
  let hash = Buffer.from(rows[0]?.hash ?? '', 'hex')
  for (const row of rows.slice(1)) {
    hash = Buffer.from(
      hashEntry(hash, FIRST, {
        ...{ id: Number(row.id), at_ms: Number(row.at_ms), actor: row.actor ?? '', action: row.action ?? '' },
        ...{ subject: row.subject ?? '', trace_id: row.trace_id ?? '', detail: row.detail ?? '' },
      }),
    )
    await asOwner(
      `ALTER TABLE audit_link DISABLE TRIGGER USER;
       UPDATE audit_link SET hash = decode('${hash.toString('hex')}', 'hex') WHERE place = ${row.place};
       ALTER TABLE audit_link ENABLE TRIGGER USER`,
    )
  }
}
