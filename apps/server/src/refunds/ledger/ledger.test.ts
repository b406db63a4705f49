import { checkCharacter, DAY_MS, fen } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { type BalanceFile, importBalances } from './import-balances.ts'
import { ledgerSummary } from './ledger-summary.ts'
import { ledgerTargets } from './ledger-targets.ts'
import { ledgerWork } from './ledger-work.ts'
import { type BalanceFilter, cleaningList, listBalances } from './list-balances.ts'
import { listRuns } from './list-runs.ts'
import { noteRefunded, noteTold } from './note-facts.ts'
import { progressOf } from './progress-of.ts'
import { refreshBalances } from './refresh-balances.ts'
import { ALL, LI, NO_ID, WANG, ZHAO, ZHAO_AGAIN } from './test-support/balance-lines.ts'
import { DEMO, fileOf, type LedgerStack, OTHER, openLedgerRoom } from './test-support/open-ledger-room.ts'

let database: TestDatabase
let stack: LedgerStack
beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openLedgerRoom(database)
})
beforeEach(async () => {
  stack.clock.set('2026-11-28T12:00:00+08:00')
  const tables = ['balance_record', 'balance_refund', 'balance_run', 'balance_snapshot', 'audit_entry']
  await database.asOwner(tables.map((table) => `DELETE FROM ${table}`).join(';'))
})
afterAll(() => database.drop())

const inDemo = <T>(fn: (tx: Tx) => Promise<T> | T) => database.database.inTransaction(DEMO, fn)
const take = (text: string, choices: Partial<BalanceFile> = {}, hospital = DEMO) =>
  importBalances(stack.room, hospital, { text, ...choices }, 'wang-03')
const nowMs = () => stack.clock.nowMs()
const summary = () => inDemo((tx) => ledgerSummary(tx, nowMs()))
const list = (filter: BalanceFilter = {}) =>
  inDemo((tx) => listBalances(tx, stack.room.cipher, filter, { limit: 50 }, nowMs()))
const patids = async (filter: BalanceFilter) => (await list(filter)).map(({ patid }) => patid)
const one = async (patid: string) => (await list({ patid }))[0]
const refund = (legId: string, patid: string, amountFen: number) =>
  inDemo((tx) => noteRefunded(tx, { legId, patid, amountFen, way: 'transfer', atMs: nowMs() }))

describe('import', () => {
  test('says what it took, and the same file again changes nothing', async () => {
    const seen: number[] = []
    const first = await importBalances(stack.room, DEMO, { text: ALL }, 'wang-03', ({ done }) =>
      seen.push(done),
    )
    expect(first).toMatchObject({
      repeated: false,
      rows: 5,
      totalFen: 38_950,
      added: 5,
      cleared: 0,
      toClean: 4,
    })
    expect(seen).toEqual([0, 5])
    const stored = await database.asOwner('SELECT * FROM balance_record ORDER BY patid')
    expect(await take(ALL)).toMatchObject({ repeated: true, runId: first.runId, added: 5 })
    expect(await database.asOwner('SELECT * FROM balance_record ORDER BY patid')).toEqual(stored)
    expect(await database.asOwner('SELECT action, actor FROM audit_entry')).toEqual([
      { action: 'refunds.ledger-imported', actor: 'operator:wang-03' },
    ])
  })

  test('takes nothing of a file that is malformed', async () => {
    const wrong = take(fileOf(LI, 'P002,赵德福,,,,一百,'))
    await expect(wrong).rejects.toMatchObject({ code: 'bad-input', fields: [{ field: '第 3 行' }] })
    expect(await summary()).toMatchObject({ totalCount: 0 })
  })

  test('goes on where it was cut off', async () => {
    const many = Array.from({ length: 2_500 }, (_, at) => `Q${String(at).padStart(5, '0')},李明华,,,,1.00,`)
    const text = fileOf(...many)
    const cut = importBalances(stack.room, DEMO, { text }, 'wang', ({ done }) => {
      if (done === 1_000) throw new Error('the process ends')
    })
    await expect(cut).rejects.toThrow('the process ends')
    expect(await summary()).toMatchObject({ totalCount: 1_000 })
    const seen: number[] = []
    await importBalances(stack.room, DEMO, { text }, 'wang', ({ done }) => seen.push(done))
    expect(seen).toEqual([1_000, 2_000, 2_500])
    expect(await summary()).toMatchObject({ totalCount: 2_500, openFen: 250_000 })
    expect(await inDemo(listRuns)).toMatchObject([{ state: 'done', done: 2_500, added: 2_500 }])
  })

  test('who is missing from a newer whole file is cleared elsewhere, and owed again when a later one says so', async () => {
    await take(ALL)
    stack.clock.advance(DAY_MS)
    expect(await take(fileOf(LI.replace('100.00', '60.00'), ZHAO, WANG))).toMatchObject({
      cleared: 2,
      changed: 1,
    })
    expect(await one('P004')).toMatchObject({ balanceFen: 0, elsewhereFen: 3_000, clearedAtMs: nowMs() })
    expect(await one('P001')).toMatchObject({ balanceFen: 6_000, elsewhereFen: 4_000, clearedAtMs: null })
    await take(fileOf(NO_ID), { whole: false })
    expect(await one('P004')).toMatchObject({ balanceFen: 3_000, elsewhereFen: 0, clearedAtMs: null })
    expect(await one('P001')).toMatchObject({ balanceFen: 6_000, clearedAtMs: null })
    expect(await summary()).toMatchObject({ totalFen: 38_950 })
    // Taken for the newest by mistake.
    await expect(take(ALL)).rejects.toMatchObject({
      fields: [{ message: expect.stringContaining('--again') }],
    })
    expect(await take(ALL, { again: true })).toMatchObject({ repeated: false, changed: 2 })
  })

  test('a file that was cut short does not clear most of the ledger', async () => {
    const many = Array.from({ length: 60 }, (_, at) => `Q${at},李明华,,,,1.00,`)
    await take(fileOf(...many))
    const short = fileOf(...many.slice(0, 20))
    await expect(take(short)).rejects.toMatchObject({
      fields: [{ message: expect.stringContaining('60 份档案里有 40 份不在') }],
    })
    expect(await summary()).toMatchObject({ openCount: 60 })
    expect(await take(short, { mayClearMost: true })).toMatchObject({ cleared: 40 })
  })

  test('of a balance from before a refund the refund is taken off', async () => {
    await take(ALL)
    const asOfMs = nowMs()
    stack.clock.advance(DAY_MS)
    await refund('leg_1', 'P001', 4_000)
    await take(fileOf(LI, ZHAO, WANG, NO_ID), { asOfMs })
    expect(await one('P001')).toMatchObject({ balanceFen: 6_000, refundedFen: 4_000, elsewhereFen: 0 })
  })

  test('20,000 archives take twenty transactions and a few seconds', async () => {
    const text = fileOf(
      ...Array.from({ length: 20_000 }, (_, at) => {
        const first17 = `33010219800${101 + Math.floor(at / 1_000)}${String(at % 1_000).padStart(3, '0')}`
        return `B${at},李明华,${first17}${checkCharacter(first17)},138${String(at).padStart(8, '0')},C${at},12.34,2024-01-01`
      }),
    )
    // By the work that is done, not by the clock of a machine that may be busy with something else.
    let steps = 0
    const before = process.cpuUsage()
    const imported = importBalances(stack.room, DEMO, { text }, 'wang', () => void steps++)
    expect(await imported).toMatchObject({ rows: 20_000, added: 20_000 })
    const { user, system } = process.cpuUsage(before)
    expect(steps).toBe(21)
    expect((user + system) / 1_000).toBeLessThan(5_000)
  })
})

describe('facts', () => {
  test('a paid leg counts once; what is wholly paid is cleared', async () => {
    await take(ALL)
    await refund('leg_1', 'P001', 4_000)
    await refund('leg_1', 'P001', 4_000)
    expect(await one('P001')).toMatchObject({ balanceFen: 6_000, refundedFen: 4_000, clearedAtMs: null })
    await refund('leg_2', 'P001', 6_000)
    expect(await one('P001')).toMatchObject({
      ...{ balanceFen: 0, refundedFen: 10_000, refundedWays: ['transfer'], clearedAtMs: nowMs() },
    })
    // The HIS had taken it off before the money was paid.
    await take(fileOf(LI, WANG, NO_ID, ZHAO_AGAIN), { asOfMs: nowMs() })
    await refund('leg_3', 'P002', 25_050)
    expect(await one('P002')).toMatchObject({ balanceFen: 0, refundedFen: 25_050, elsewhereFen: 0 })
    // Nobody's on the ledger: nothing happens.
    await refund('leg_4', 'P999', 1)
    expect(await summary()).toMatchObject({ totalFen: 38_950, refundedFen: 35_050, refundedCount: 2 })
  })

  test('told: when first, when last, and how', async () => {
    await take(ALL)
    const firstMs = nowMs()
    await inDemo((tx) => noteTold(tx, { patid: 'P001', how: '就医助手', atMs: firstMs }))
    await inDemo((tx) => noteTold(tx, { patid: 'P001', how: '短信', atMs: firstMs + 5 }))
    expect(await one('P001')).toMatchObject({
      firstToldAtMs: firstMs,
      toldAtMs: firstMs + 5,
      toldHow: '短信',
    })
    expect(await patids({ state: 'told' })).toEqual(['P001'])
  })
})

describe('the HIS is asked', () => {
  test('what it says holds; without an answer a balance stays, with the time of the try', async () => {
    const { his } = stack
    const [first, second] = his.archives.filter(({ patid }) => his.balanceOf(patid).total > 0)
    if (!first || !second) throw new Error('no accounts')
    const lines = [first, second].map(({ patid }) => `${patid},李明华,,,,99999.00,`)
    await take(fileOf(...lines, 'P404,李明华,,,,1.00,'))
    const { total } = his.balanceOf(first.patid)
    const ask = (wanted: readonly string[]) =>
      refreshBalances(stack.room, DEMO, { patids: wanted, limit: 10, perSecond: Infinity }, 'wang-03')
    expect(await ask([first.patid, 'P404'])).toMatchObject({
      asked: 2,
      changed: 1,
      failed: 1,
      stopped: false,
    })
    expect(await one(first.patid)).toMatchObject({ balanceFen: total, source: 'query', askedProblem: null })
    expect(await one('P404')).toMatchObject({
      ...{ balanceFen: 100, source: 'file', askedAtMs: nowMs(), askedProblem: 'patid-unknown' },
    })
    expect(await one(second.patid)).toMatchObject({ askedAtMs: null })
  })

  test('an answer from before a refund does not bring its amount back', async () => {
    const { room } = stack
    await take(ALL)
    const balances = {
      of: async (patid: string) => {
        await refund('leg_1', patid, 4_000)
        return { patid, total: fen(10_000), available: fen(0), refundable: fen(0), reason: undefined }
      },
      recharges: async () => [],
    }
    const late = { ...room, clients: { his: () => ({ ...stack.his.port, balances }) } }
    await refreshBalances(late, DEMO, { patids: ['P001'], limit: 1 }, 'wang')
    expect(await one('P001')).toMatchObject({ balanceFen: 6_000, refundedFen: 4_000, askedAtMs: null })
  })

  test('one that is down is left alone after a few tries', async () => {
    await take(fileOf(...Array.from({ length: 9 }, (_, at) => `Q${at},李明华,,,,1.00,`)))
    stack.his.faults.order({ kind: 'unavailable', operation: 'balances.of' })
    onTestFinished(() => stack.his.faults.clear())
    const wish = { limit: 100, perSecond: Infinity }
    expect(await refreshBalances(stack.room, DEMO, wish, 'wang')).toMatchObject({
      asked: 5,
      failed: 5,
      stopped: true,
    })
    expect(await summary()).toMatchObject({ openCount: 9, openFen: 900 })
  })
})

describe('views', () => {
  test('summary by age, the cleaning list, and finding a person by either form of a number', async () => {
    await take(ALL)
    const { ages, ...sums } = await summary()
    expect(sums).toMatchObject({
      totalCount: 5,
      openCount: 5,
      openFen: 38_950,
      toCleanCount: 4,
      toCleanFen: 28_950,
    })
    expect(Object.fromEntries(ages.map(({ age, fen }) => [age, fen]))).toEqual({
      ...{ 'under-1': 10_000, '1-to-3': 100, '3-to-5': 3_000, 'over-5': 25_050, unknown: 800 },
    })
    const cleaning = (problem?: 'duplicate-person') =>
      inDemo((tx) => cleaningList(tx, stack.room.cipher, { limit: 10 }, nowMs(), problem))
    expect((await cleaning()).map(({ patid, problems }) => [patid, ...problems])).toEqual([
      ['P002', 'duplicate-person'],
      ['P004', 'no-id'],
      ['P003', 'no-phone', 'no-since'],
      ['P005', 'duplicate-person'],
    ])
    expect((await cleaning('duplicate-person')).map(({ patid }) => patid)).toEqual(['P002', 'P005'])
    expect(await patids({ idNumber: '330102540312401' })).toEqual(['P002', 'P005'])
    expect(await patids({ card: '0000120931' })).toEqual(['P001'])
    expect(await patids({ minFen: 3_000, sinceBefore: '2023-01-01' })).toEqual(['P002', 'P004'])
  })

  test('pages follow each other without a gap', async () => {
    await take(ALL)
    const page = (after?: { readonly balanceFen: number; readonly patid: string }) =>
      inDemo((tx) => listBalances(tx, stack.room.cipher, {}, { limit: 2, after }, nowMs()))
    const first = await page()
    const second = await page(first.at(-1))
    const found = [...first, ...second, ...(await page(second.at(-1)))]
    expect(found.map(({ patid }) => patid)).toEqual(['P002', 'P001', 'P004', 'P003', 'P005'])
  })

  test('progress by the day: told, refunded, cleared, and what is open at its end', async () => {
    await take(ALL)
    stack.clock.advance(DAY_MS)
    await inDemo((tx) => noteTold(tx, { patid: 'P001', how: '就医助手', atMs: nowMs() }))
    await refund('leg_1', 'P001', 4_000)
    await refund('leg_2', 'P001', 6_000)
    await ledgerWork(stack.room).runDue(stack.clock, 1)
    const days = await inDemo((tx) => progressOf(tx, '2026-11-27', '2026-11-30'))
    const none = { told: 0, refundedCount: 0, refundedFen: 0, cleared: 0 }
    expect(days).toEqual([
      { day: '2026-11-27', ...none, openCount: null, openFen: null },
      { day: '2026-11-28', ...none, openCount: 5, openFen: 38_950 },
      ...[
        {
          day: '2026-11-29',
          told: 1,
          refundedCount: 1,
          refundedFen: 10_000,
          cleared: 1,
          openCount: 4,
          openFen: 28_950,
        },
      ],
      { day: '2026-11-30', ...none, openCount: 4, openFen: 28_950 },
    ])
  })

  test('whom a campaign can reach: only through links that were verified and hold', async () => {
    await take(ALL)
    await database.asOwner(`
      INSERT INTO app_user VALUES ('demo', 'user_a', 0), ('demo', 'user_b', 0), ('demo', 'user_c', 0);
      INSERT INTO patient (hospital_id, id, user_id, person_index, name, id_type, id_number, gender, birthday, relation,
        is_default, verified, patid, card_state, created_at_ms, unlinked_at_ms)
      SELECT 'demo', 'pat_' || who, who, '\\x00', '\\x00', '01', '\\x00', '男', '\\x00', '本人', false, verified, 'P001', 'none', 0,
        unlinked FROM (VALUES ('user_a', true, NULL), ('user_b', false, NULL), ('user_c', true, 5)) AS one (who, verified, unlinked)`)
    const reach = (after?: string) =>
      inDemo((tx) => ledgerTargets(tx, stack.room.cipher, { minFen: 3_000 }, { after, limit: 2 }))
    const { targets, next } = await reach()
    expect(targets.map(({ patid, userIds }) => [patid, userIds])).toEqual([
      ['P001', ['user_a']],
      ['P002', []],
    ])
    expect(targets[0]?.person.reveal().name).toBe('李明华')
    expect((await reach(next ?? undefined)).targets.map(({ patid }) => patid)).toEqual(['P004'])
  })

  test('a hospital never sees another one’s', async () => {
    await take(ALL)
    await take(fileOf(NO_ID), {}, OTHER)
    expect(await summary()).toMatchObject({ totalCount: 5 })
    const other = await stack.ask<{ totalCount: number }>('GET', 'summary?hospital=other')
    expect(other.body.totalCount).toBe(1)
    await database.database.inTransaction(OTHER, (tx) =>
      noteRefunded(tx, { legId: 'leg_9', patid: 'P001', amountFen: 1, way: 'original', atMs: nowMs() }),
    )
    expect(await one('P001')).toMatchObject({ refundedFen: 0 })
  })
})

test('the operators’ interface: closed without a sign-in; imports, finds and shows', async () => {
  const { ask, http } = stack
  const closed = await http.inject({ method: 'GET', url: '/api/v1/console/refunds/ledger/summary' })
  expect(closed.statusCode).toBe(401)
  const wrong = await ask<{ error: unknown }>('POST', 'import', { csv: fileOf('P001,李明华,,,,x,') })
  expect(wrong.status).toBe(400)
  expect(JSON.stringify(wrong.body)).toContain('第 2 行')
  expect((await ask('POST', 'import', { csv: ALL })).body).toMatchObject({ rows: 5, toClean: 4 })
  expect((await ask('GET', 'summary')).body).toMatchObject({ openFen: 38_950 })
  const found = await ask('POST', 'search', { filter: { idNumber: '330102199001012210' } })
  expect(found.body).toMatchObject({ balances: [{ patid: 'P001', name: '李*华' }], next: null })
  expect((await ask<{ balances: unknown[] }>('POST', 'to-clean', {})).body.balances).toHaveLength(4)
  expect((await ask<{ days: unknown[] }>('GET', 'progress')).body.days).toHaveLength(30)
  expect((await ask('GET', 'runs')).body).toMatchObject({ runs: [{ source: 'file', by: 'wang-03' }] })
  expect((await ask('GET', 'progress?from=2026-02-30')).status).toBe(400)
  expect((await ask('POST', 'refresh', { patids: ['P001'] })).body).toMatchObject({ asked: 1, failed: 1 })
  expect(stack.logLines.join('')).not.toMatch(/李明华|330102199001012210/)
})
