import { hospitalId, ManualClock } from '@zhangyi/core'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../../../../../tests/setup/test-database.ts'
import { Database } from '../../database/database.ts'
import { recordAudit } from '../record-audit.ts'
import { seedAudit } from '../test-support/seed-audit.ts'
import { auditWork } from './audit-work.ts'
import { checkChain } from './check-chain.ts'
import { LINKS_AT_ONCE, linkEntries } from './link-entries.ts'

const FIRST = hospitalId('first')
const INSERT = `INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id) VALUES ('first', 1, 'user:a', 'records.viewed', $1, '-')`

async function connect(url: string, hospital = 'first'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`SET zhangyi.hospital = '${hospital}'`)
  onTestFinished(() => client.end())
  return client
}

test('each hash is SHA-256 over the one before and the fields with their lengths, as the guide says', async () => {
  const { database, asOwner } = await testDatabase()
  await seedAudit({ asOwner }, { count: 50 })
  expect(await linkEntries(database, FIRST)).toBe(1)
  const text = (column: string) =>
    `int4send(octet_length(convert_to(${column}, 'UTF8'))) || convert_to(${column}, 'UTF8')`
  const fields = [
    ...["'zhangyi-audit-1'", 'e.hospital_id', 'e.id::text', 'e.at_ms::text', 'e.actor', 'e.action'],
    ...['e.subject', 'e.trace_id', 'e.detail::text'],
  ]
  const rows = await asOwner<{ place: number; fits: boolean }>(`
    SELECT l.place::int AS place, l.hash = sha256(
      coalesce(lag(l.hash) OVER (ORDER BY l.place), decode(repeat('00', 32), 'hex')) || ${fields.map(text).join(' || ')}) AS fits
    FROM audit_link l JOIN audit_entry e ON e.hospital_id = l.hospital_id AND e.id = l.entry_id ORDER BY l.place`)
  expect(rows).toHaveLength(50)
  expect(rows.every(({ place, fits }, index) => fits && place === index + 1)).toBe(true)
})

test('an entry that is committed after higher ones were linked gets a later place and is not missed', async () => {
  const { database, appUrl, asOwner } = await testDatabase()
  const [slow, quick] = [await connect(appUrl), await connect(appUrl)]
  await slow.query('BEGIN')
  await slow.query(INSERT, ['slow'])
  await quick.query(INSERT, ['quick'])
  await linkEntries(database, FIRST)
  const linked = () =>
    asOwner<{ subject: string }>(
      'SELECT subject FROM audit_link l JOIN audit_entry e ON e.id = l.entry_id ORDER BY place',
    )
  expect(await linked()).toEqual([{ subject: 'quick' }])
  await slow.query('COMMIT')
  await quick.query(INSERT, ['later'])
  await linkEntries(database, FIRST)
  expect(await linked()).toEqual([{ subject: 'quick' }, { subject: 'slow' }, { subject: 'later' }])
  expect(await checkChain(database, FIRST)).toMatchObject({ isWhole: true, checked: 3, unlinked: 0 })
})

test('what was rolled back leaves nothing to link', async () => {
  const { database, appUrl } = await testDatabase()
  const client = await connect(appUrl)
  await client.query('BEGIN')
  await client.query(INSERT, ['never'])
  await client.query('ROLLBACK')
  expect(await linkEntries(database, FIRST)).toBe(0)
  expect(await checkChain(database, FIRST)).toMatchObject({ isWhole: true, checked: 0, unlinked: 0 })
})

test('two servers at once make one chain: every entry once, no place twice, while more is written', async () => {
  const { database, appUrl, asOwner } = await testDatabase()
  const other = new Database({ url: appUrl })
  onTestFinished(() => other.close())
  await seedAudit({ asOwner }, { count: 2 * LINKS_AT_ONCE + 100 })
  await Promise.all([
    ...[database, other, database, other].map((one) => linkEntries(one, FIRST)),
    seedAudit({ asOwner }, { count: 500 }),
  ])
  await linkEntries(other, FIRST)
  expect(await checkChain(database, FIRST)).toMatchObject({
    ...{ isWhole: true, checked: 2 * LINKS_AT_ONCE + 600, unlinked: 0 },
  })
})

test('each hospital and the installation have a chain of their own; the work links them all', async () => {
  const { database, asOwner } = await testDatabase()
  for (const hospital of ['first', 'second', 'installation'])
    await seedAudit({ asOwner }, { hospital, count: 7 })
  const clock = new ManualClock()
  const hospitals = { all: [{ id: FIRST }, { id: hospitalId('second') }] }
  const work = auditWork({
    database,
    clock,
    hospitals,
    settings: { auditKeepDays: 1_100 },
    log: { error: () => {} },
  })
  expect(await work.runDue(clock, 100)).toBe(3)
  expect(await work.runDue(clock, 100)).toBe(0)
  for (const hospital of ['first', 'second', 'installation'])
    expect(await checkChain(database, hospitalId(hospital)), hospital).toMatchObject({
      isWhole: true,
      checked: 7,
    })
})

test('given few batches it links so many and says that there may be more', async () => {
  const { database, asOwner } = await testDatabase()
  await seedAudit({ asOwner }, { count: LINKS_AT_ONCE + 1 })
  expect(await linkEntries(database, FIRST, 1)).toBe(1)
  expect(await checkChain(database, FIRST)).toMatchObject({ checked: LINKS_AT_ONCE, unlinked: 1 })
  expect(await linkEntries(database, FIRST, 5)).toBe(1)
})

test('the server’s role can change neither entries nor links nor anchors, and sees those of no other hospital', async () => {
  const { database, appUrl, asOwner } = await testDatabase()
  await seedAudit({ asOwner }, { count: 3 })
  await linkEntries(database, FIRST)
  const client = await connect(appUrl)
  await client.query(`SET zhangyi.audit_removal = 'deliberate'`)
  const hash = `decode(repeat('00', 32), 'hex')`
  for (const forbidden of [
    ...['audit_entry', 'audit_link', 'audit_anchor'].flatMap((table) => [
      `UPDATE ${table} SET hospital_id = 'first'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `ALTER TABLE ${table} DISABLE TRIGGER USER`,
    ]),
    `INSERT INTO audit_anchor VALUES ('first', 1, ${hash}, 1)`,
    `INSERT INTO audit_link VALUES ('second', 1, 1, ${hash})`,
    `SELECT audit_remove_beginning('second', 1, ${hash}, 1)`,
  ])
    await expect(client.query(forbidden), forbidden).rejects.toThrow(
      /permission denied|must be owner|row-level security|of another hospital/,
    )
  const second = await connect(appUrl, 'second')
  expect((await second.query('SELECT FROM audit_link')).rowCount).toBe(0)
})

test('the owner’s slip is refused too, and a change even to who means it', async () => {
  const { ownerUrl, asOwner } = await testDatabase()
  await seedAudit({ asOwner }, { count: 3 })
  const owner = await connect(ownerUrl)
  for (const slip of [
    'UPDATE audit_entry SET at_ms = 0',
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry, audit_link',
  ])
    await expect(owner.query(slip), slip).rejects.toThrow('the audit is only added to')
  await owner.query(`SET zhangyi.audit_removal = 'deliberate'`)
  await expect(owner.query('UPDATE audit_entry SET at_ms = 0')).rejects.toThrow('the audit is only added to')
  expect((await owner.query('SELECT FROM audit_entry')).rowCount).toBe(3)
})

test('an entry costs its writer no lock: a chain that is being linked does not hold it up', async () => {
  const { database, appUrl } = await testDatabase()
  const holder = await connect(appUrl)
  await holder.query('BEGIN')
  await holder.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit-chain:first', 0))`)
  await database.inTransaction(FIRST, (tx) =>
    recordAudit(tx, { atMs: 1, actor: 'user:a', action: 'records.viewed', subject: 's', traceId: '-' }),
  )
  await holder.query('COMMIT')
  expect(await linkEntries(database, FIRST)).toBe(1)
})
