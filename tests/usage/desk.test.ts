import { HOUR_MS } from '@zhangyi/core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signInAs } from '../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { countRecordSuccesses } from '../../apps/server/src/records/index.ts'
import { alarmWork } from '../../apps/server/src/usage/completeness/alarms.ts'
import { releaseMappedWork } from '../../apps/server/src/usage/departments/release-mapped.ts'
import { openContent, sealContent } from '../../apps/server/src/usage/event-content.ts'
import { storeEvents } from '../../apps/server/src/usage/store-events.ts'
import type { ParkReason } from '../../apps/server/src/usage/tables.ts'
import {
  ORIGIN,
  openUsageRoom,
  type UsageStack,
} from '../../apps/server/src/usage/test-support/open-usage-room.ts'
import { seedDay } from '../../apps/server/src/usage/test-support/seed-day.ts'
import { countVisitSuccesses } from '../../apps/server/src/visits/index.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'

let database: TestDatabase
let stack: UsageStack
beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openUsageRoom(database, {}, [countVisitSuccesses, countRecordSuccesses])
  return async () => {
    await stack.close()
    await database.drop()
  }
})
beforeEach(async () => {
  stack.clock.set('2026-11-28T12:00:00+08:00')
  await database.asOwner(
    'TRUNCATE usage_event, usage_department, usage_alarm, usage_platform_count, usage_key, visit_query, audit_entry; TRUNCATE visit_order CASCADE',
  )
})

const DAY = '2026-11-28'
const CONTENT = {
  report: {
    ...{ qrCodeText: 'card:1', time: `${DAY} 11:00:00`, hospitalCode: '30613', scene: '0101011' },
    ...{ cardType: '11', cardChannel: '0402' },
  },
  context: { channelNum: 1 },
} as const

/** So many parked events. */
const park = (count: number, reason: ParkReason, departmentId: string | null = null) =>
  stack.room.database.inTransaction(stack.hospital.id, (tx) =>
    storeEvents(
      tx,
      Array.from({ length: count }, () => ({
        ...{ source: 'app', scene: '0101011', occurredAtMs: stack.clock.nowMs() - HOUR_MS, userId: 'u' },
        ...{ patientId: 'p', departmentId, departmentName: departmentId, state: 'parked' as const, reason },
        ...{ content: sealContent(stack.room.cipher, CONTENT), dueAtMs: null },
      })),
      stack.clock.nowMs(),
    ),
  )
const states = async () =>
  Object.fromEntries(
    (
      await database.asOwner<{ what: string; count: string }>(
        `SELECT concat_ws(' ', state, reason, code) AS what, count(*) FROM usage_event GROUP BY 1 ORDER BY 1`,
      )
    ).map(({ what, count }) => [what, Number(count)]),
  )
const audits = () => database.asOwner(`SELECT actor, action, subject, detail FROM audit_entry ORDER BY id`)

describe('departments', () => {
  test('setting a code lets go of what waited for it, with the code in it, and of nothing else', async () => {
    await park(3, 'department-unmapped', 'D-1')
    await park(1, 'department-unmapped', 'D-2')
    await database.asOwner(
      `INSERT INTO usage_department SELECT 'demo', unnest(ARRAY['D-1', 'D-2']), unnest(ARRAY['心内科', '骨科']), NULL, 1`,
    )
    const list = await stack.ask('GET', 'departments')
    expect(list.body).toMatchObject({
      departments: [
        { departmentId: 'D-1', name: '心内科', code: null, waiting: 3 },
        { departmentId: 'D-2', waiting: 1 },
      ],
    })
    expect((await stack.ask('PUT', 'departments', { departmentId: 'D-1', code: '不行' })).status).toBe(400)
    const set = await stack.ask('PUT', 'departments', { departmentId: 'D-1', code: '0301' })
    expect(set.body).toEqual({ changed: 1, released: 3 })
    expect(await states()).toEqual({ pending: 3, 'parked department-unmapped': 1 })
    const [event] = await database.asOwner<{ content: Buffer; due: string }>(
      `SELECT content, next_action_at_ms AS due FROM usage_event WHERE state = 'pending'`,
    )
    expect(openContent(stack.room.cipher, event?.content as Buffer)).toEqual({
      ...CONTENT,
      report: { ...CONTENT.report, department: '0301' },
    })
    expect(Number(event?.due)).toBe(stack.clock.nowMs())
    expect(await audits()).toMatchObject([
      {
        actor: 'operator:wang-03',
        action: 'usage.departments-mapped',
        subject: 'D-1',
        detail: { code: '0301' },
      },
    ])
  })

  test('a whole table, of departments that no event has named yet as well; more than one batch is let go', async () => {
    await park(1_100, 'department-unmapped', 'D-1')
    const csv = '\uFEFF科室编号,平台代码\r\nD-1,0301\r\n"D-2",0400,\r\n\r\n'
    expect((await stack.ask('POST', 'departments/import', { csv })).body).toEqual({
      changed: 2,
      released: 1_100,
    })
    expect((await stack.ask('POST', 'departments/import', { csv })).body, 'again').toEqual({
      changed: 0,
      released: 0,
    })
    for (const bad of ['D-1', 'D-1,03 01', 'D-1,0301\nD-1,0400', ' , ', 'D-1,0301,x'])
      expect(await stack.ask('POST', 'departments/import', { csv: bad }), bad).toMatchObject({ status: 400 })
  })

  test('what was stored just beside the setting of its code is let go by the minute', async () => {
    await stack.ask('PUT', 'departments', { departmentId: 'D-1', code: '0301' })
    await park(2, 'department-unmapped', 'D-1')
    await database.asOwner(
      `UPDATE usage_event SET content = '\\x00' WHERE id = (SELECT max(id) FROM usage_event)`,
    )
    const work = releaseMappedWork(stack.room)
    for (let times = 0; times < 2; times++) await work.runDue(stack.clock, 100)
    expect(await states()).toEqual({ pending: 1, 'parked content-unreadable': 1 })
  })
})

describe('parked events', () => {
  const group = (reason: ParkReason) => ({ day: DAY, scene: '0101011', reason, code: null })

  test('what may be counted twice is sent again only when the operator says so; audited', async () => {
    await park(2, 'outcome-unknown')
    expect((await stack.ask('GET', 'parked')).body).toMatchObject({
      groups: [{ ...group('outcome-unknown'), count: 2 }],
    })
    const refused = await stack.ask('POST', 'parked/release', group('outcome-unknown'))
    expect(refused).toMatchObject({ status: 400, body: { error: { fields: [{ field: 'mayCountTwice' }] } } })
    const sent = await stack.ask('POST', 'parked/release', {
      ...group('outcome-unknown'),
      mayCountTwice: true,
    })
    expect(sent.body).toEqual({ count: 2 })
    expect(await states()).toEqual({ pending: 2 })
    expect(await audits()).toMatchObject([
      {
        actor: 'operator:wang-03',
        action: 'usage.released',
        detail: { reason: 'outcome-unknown', count: 2 },
      },
    ])
  })

  test('what a person found at the platform is delivered by hand, and stays recognisable', async () => {
    await park(1, 'lost-in-flight')
    await park(1, 'refused')
    expect((await stack.ask('POST', 'parked/accept', group('lost-in-flight'))).body).toEqual({ count: 1 })
    expect((await stack.ask('POST', 'parked/release', group('refused'))).body).toEqual({ count: 1 })
    expect(await states()).toEqual({ 'delivered lost-in-flight by-hand': 1, pending: 1 })
  })

  test('what was never sent is neither accepted nor sent without its department', async () => {
    await park(1, 'department-unmapped', 'D-1')
    for (const act of ['accept', 'release'])
      expect(await stack.ask('POST', `parked/${act}`, group('department-unmapped'))).toMatchObject({
        status: 400,
      })
    expect(await states()).toEqual({ 'parked department-unmapped': 1 })
  })
})

describe('completeness', () => {
  test('a day on which everything happened, each in its own column, gaps by scene and act', async () => {
    stack.clock.set(`${DAY}T22:00:00+08:00`)
    await seedDay(database, stack.clock.nowMs())
    const { body } = await stack.ask<{ scenes: { scene: string }[] }>('GET', `completeness?day=${DAY}`)
    const of = (scene: string) => body.scenes.find((one) => one.scene === scene)
    expect(of('0101011')).toMatchObject({
      ...{ acts: [{ act: 'book-appointment', count: 140 }], successes: 140, stored: 143, own: 140, gap: 0 },
      ...{ delivered: 131, parked: 12, parkedBy: { 'department-unmapped': 12 }, maybeTwice: 3 },
      ...{ platform: 132, difference: 1 },
    })
    expect(of('0101013')).toMatchObject({
      stored: 253,
      merged: 41,
      delivered: 212,
      late: 2,
      gap: 0,
      platform: null,
    })
    expect(of('0101051')).toMatchObject({
      delivered: 96,
      byHand: 1,
      parkedBy: { 'outcome-unknown': 2 },
      maybeTwice: 0,
    })
    expect(of('0101052')).toMatchObject({ noCard: 7, delivered: 51, gap: 0 })
    expect(of('0101082')).toMatchObject({ successes: 308, stored: 307, gap: 1, pending: 5, stuck: 5 })
    expect(of('0101083'), 'a scene on which nothing happened').toMatchObject({
      successes: 0,
      stored: 0,
      gap: 0,
    })

    const report = await stack.ask<string>('GET', `report?from=2026-11-27&to=${DAY}`)
    expect(report.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8' })
    const lines = report.body.split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFF日期,环节,/)
    expect(lines.find((line) => line.startsWith(`${DAY},0101082`))).toContain(
      '检验报告,查询检验报告 308,308,307,0,1',
    )
    expect((await stack.ask('GET', 'report?from=2026-01-01&to=2026-11-28')).status).toBe(400)
  })

  test('events that other systems pushed are no gap and hide none', async () => {
    await database.asOwner(`SET session_replication_role = replica;
      INSERT INTO visit_query SELECT 'demo', 'q', 'list-registrations', 'u', 'p', ${stack.clock.nowMs()}`)
    await stack.push('/api/v1/usage/events', {
      ...{
        key: 'k',
        scene: '0101013',
        occurredAt: `${DAY} 11:00:00`,
        qrCodeText: 'card:1',
        cardChannel: '0200',
      },
    })
    await stack.push('/api/v1/usage/events', {
      ...{
        key: 'k2',
        scene: '0101021',
        occurredAt: `${DAY} 11:00:00`,
        qrCodeText: 'card:1',
        cardChannel: '0200',
      },
    })
    const { body } = await stack.ask<{ scenes: { scene: string }[] }>('GET', 'completeness')
    const of = (scene: string) => body.scenes.find((one) => one.scene === scene)
    expect(of('0101013')).toMatchObject({ successes: 1, stored: 1, own: 0, gap: 1 })
    expect(of('0101021')).toMatchObject({ successes: null, gap: null, stored: 1 })
  })

  test('the platform’s own numbers, entered and imported', async () => {
    const one = { counts: [{ day: DAY, scene: '0101011', count: 5 }] }
    expect((await stack.ask('PUT', 'platform-counts', one)).body).toEqual({ count: 1 })
    const csv = `日期,环节,数量\n2026/11/28,0101011,"1,205"\n2026-11-27,0101012,7\n`
    expect((await stack.ask('POST', 'platform-counts/import', { csv })).body).toEqual({ count: 2 })
    const { body } = await stack.ask<{ scenes: object[] }>('GET', 'completeness')
    expect(body.scenes).toContainEqual(
      expect.objectContaining({ scene: '0101011', platform: 1_205, difference: 1_205 }),
    )
    for (const bad of [
      '2026-02-30,0101011,1',
      '2026-11-28,x,1',
      '2026-11-28,0101011,-1',
      '2026-11-28,0101011,',
    ])
      expect(await stack.ask('POST', 'platform-counts/import', { csv: bad }), bad).toMatchObject({
        status: 400,
      })
  })
})

describe('alarms', () => {
  const alarms = async () => (await stack.ask<{ alarms: object[] }>('GET', 'alarms')).body.alarms
  const runAt = async (time: string) => {
    stack.clock.set(`${DAY}T${time}+08:00`)
    const desk = { ...stack.room, hospitals: stack.room.hospitals }
    await Promise.all([1, 2].map(() => alarmWork(desk).runDue(stack.clock, 100)))
  }
  const logged = () =>
    stack.logLines.filter((line) => line.includes('usage events wait or are missing')).length

  test('each looks once, whoever runs it, and says what is wrong until somebody has seen to it', async () => {
    await park(1, 'refused')
    await park(2, 'department-unmapped', 'D-1')
    const before = logged()
    await runAt('20:59:59')
    expect(await alarms()).toEqual([])
    await runAt('21:00:10')
    await runAt('21:40:00')
    const first = { day: DAY, time: '21:00', pending: 0, parked: 1, unmapped: 2, missing: 0 }
    expect(await alarms()).toMatchObject([first])
    await runAt('22:30:00')
    expect(await alarms()).toMatchObject([{ ...first, time: '22:30' }, first])
    expect(logged() - before).toBe(2)
    expect(
      (await audits()).filter(({ action }: { action?: string }) => action === 'usage.alarm'),
    ).toHaveLength(2)
    for (const time of ['21:00', '21:00', '22:30']) await stack.ask('POST', 'alarms/seen', { day: DAY, time })
    expect(await alarms()).toEqual([])
    const [report] = (await stack.room.checks.run('advice')).filter(
      ({ name }) => name === 'usage.completeness',
    )
    expect(report?.problem).toContain('1 个事件停下等人判断')
  })

  test('a day in order is looked at and raises nothing; what waits for its planned time is in order at 21:00 only', async () => {
    await runAt('21:00:00')
    expect(await alarms()).toEqual([])
    await database.asOwner('TRUNCATE usage_alarm')
    await park(1, 'refused')
    await database.asOwner(
      `UPDATE usage_event SET state = 'pending', reason = NULL, next_action_at_ms = ${Date.parse(`${DAY}T22:00:00+08:00`)}`,
    )
    await runAt('21:00:00')
    expect(await alarms()).toEqual([])
    await runAt('22:31:00')
    expect(await alarms()).toMatchObject([{ time: '22:30', pending: 1 }])
  })

  test('a loss raises one; nothing ran at 22:30: after midnight the day is looked at all the same', async () => {
    const at = Date.parse(`${DAY}T20:00:00+08:00`)
    await database.asOwner(`INSERT INTO audit_entry (hospital_id, at_ms, actor, action, subject, trace_id, detail)
      VALUES ('demo', ${at}, 'user:u', 'records.listed', 'p', '-', '{"kind":"lab"}')`)
    stack.clock.set('2026-11-29T00:10:00+08:00')
    await alarmWork(stack.room).runDue(stack.clock, 100)
    expect(await alarms()).toMatchObject([{ day: DAY, time: '22:30', missing: 1 }])
  })
})

describe('who may', () => {
  const url = '/api/v1/console/usage/departments/import'
  const post = (headers: Readonly<Record<string, string>>) =>
    stack.http.inject({ method: 'POST', url, headers, payload: { csv: 'D-1,0301' } })
  test('nothing without a sign-in, from foreign pages, or with a cookie that was altered or is over', async () => {
    const lastsMs = 10 * HOUR_MS
    const cookie = await signInAs(stack.room, {
      origin: ORIGIN,
      loginName: 'li-01',
      role: 'operator',
      lastsMs,
    })
    expect((await stack.http.inject({ url: '/api/v1/console/usage/completeness' })).statusCode).toBe(401)
    expect((await post({ origin: ORIGIN })).statusCode).toBe(401)
    expect((await post({ cookie })).json()).toMatchObject({ error: { code: 'foreign-origin' } })
    expect((await post({ cookie, origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await post({ cookie, origin: 'null' })).statusCode).toBe(403)
    expect(
      (await post({ cookie: cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), origin: ORIGIN }))
        .statusCode,
    ).toBe(401)
    stack.clock.advance(10 * HOUR_MS)
    expect((await post({ cookie, origin: ORIGIN })).statusCode).toBe(401)
    expect(await database.asOwner('SELECT FROM usage_department')).toEqual([])
  })
})
