import { HOUR_MS } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { sealContent } from '../event-content.ts'
import { usageEventsExport } from '../events/events-export.ts'
import { type NewEvent, storeEvents } from '../store-events.ts'
import { openUsageRoom, type UsageStack } from '../test-support/open-usage-room.ts'
import { seedDay } from '../test-support/seed-day.ts'

const DAY = '2026-11-28'
const CARD = 'A1B2C3D4E5F6:1'

let database: TestDatabase
let stack: UsageStack
beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openUsageRoom(database)
  await seedDay(database, stack.clock.nowMs())
})
afterAll(async () => {
  await stack?.close()
  await database?.drop()
})

interface Events {
  readonly events: readonly { readonly number: string }[]
  readonly next: string | null
}

const ask = async <T>(path: string) => (await stack.ask<T>('GET', path)).body
const askEvents = (query: string) => ask<Events>(`events?${query}`)

test('the events of a day, page by page, each once; by state, scene, department and number', async () => {
  const seen: string[] = []
  for (let before = ''; ; ) {
    const { events, next } = await askEvents(`from=${DAY}${before}`)
    seen.push(...events.map(({ number }) => number))
    if (next === null) break
    before = `&before=${next}`
  }
  expect(new Set(seen).size).toBe(928)
  expect(seen).toHaveLength(928)
  const { events } = await askEvents('state=parked&department=0405')
  expect(events).toHaveLength(4)
  expect(events[0]).toMatchObject({
    ...{ scene: '0101012', sceneName: '当日挂号', sourceName: '掌医', departmentId: '0405' },
    ...{ state: 'parked', reason: 'department-unmapped', attempts: 0 },
  })
  expect((await askEvents(`number=${events[0]?.number}`)).events).toHaveLength(1)
  expect((await askEvents('scene=0101082&state=pending')).events).toHaveLength(5)
  expect((await askEvents('from=2026-11-01&to=2026-11-20')).events).toEqual([])
  for (const bad of ['from=2026-02-30', 'before=x', 'state=lost', 'from=2026-01-01&to=2026-11-28'])
    expect((await stack.ask('GET', `events?${bad}`)).status, bad).toBe(400)
})

test('as a table: the rows of the list, each once, with the words of the page', async () => {
  const kind = usageEventsExport(stack.clock)
  const inTx = <T>(fn: (tx: Tx) => Promise<T>) => stack.room.database.inTransaction(stack.hospital.id, fn)
  const rows: (readonly (string | number | null)[])[] = []
  for await (const batch of kind.batches(inTx, { from: DAY }, { size: 300, most: 10_000 }))
    rows.push(...batch)
  expect(new Set(rows.map(([number]) => number)).size).toBe(928)
  const parked = rows.find((row) => row[7] === '停下' && row[8] === '科室没有对应')
  expect(parked).toMatchObject({ 2: '当日挂号', 3: '0101012', 4: '掌医', 5: '0405' })
})

test('one event says what was sent and answered, and neither the card nor its holder', async () => {
  const event: NewEvent = {
    ...{ source: 'kiosk', scene: '0101011', occurredAtMs: stack.clock.nowMs() - HOUR_MS, userId: 'usr_1' },
    ...{ patientId: 'pat_1', departmentId: '0999', departmentName: '眼科', state: 'parked' },
    ...{ reason: 'outcome-unknown', dueAtMs: null },
    content: sealContent(stack.room.cipher, {
      report: {
        ...{ qrCodeText: CARD, time: `${DAY} 11:00:00`, hospitalCode: '30613', scene: '0101011' },
        ...{ cardType: '11', cardChannel: '0200', department: '0300', name: '陈晓' },
      },
      context: { channelNum: 1, relatedUser: { appid: 'wx1', openid: 'o-openid' } },
    }),
  }
  await stack.room.database.inTransaction(stack.hospital.id, (tx) =>
    storeEvents(tx, [event], stack.clock.nowMs()),
  )
  const { events } = await askEvents('department=0999')
  const { status, body } = await stack.ask('GET', `events/${events[0]?.number}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    ...{ sourceName: '自助机', state: 'parked', reason: 'outcome-unknown', departmentName: '眼科' },
    ...{ deadlineMs: Date.parse(`${DAY}T23:00:00+08:00`), todo: expect.stringContaining('平台可能已经计入') },
    told: { department: '0300', cardChannel: '0200', campus: null, costTypes: null },
  })
  const text = JSON.stringify(body)
  for (const secret of [CARD, '陈晓', 'o-openid', 'usr_1', 'pat_1']) expect(text).not.toContain(secret)
  expect((await stack.ask('GET', 'events/20261128-99999999')).status).toBe(404)
})

test('what is to be sent today and until when; the last fourteen days; the day by department', async () => {
  expect(await ask('now')).toMatchObject({
    ...{ day: DAY, waiting: 5, deadlineMs: Date.parse(`${DAY}T23:00:00+08:00`), mode: 'real-time' },
    nextAtMs: stack.clock.nowMs() + 600_000,
  })
  const { days } = await ask<{ days: readonly unknown[] }>('trend')
  expect(days).toHaveLength(14)
  expect(days[0]).toEqual({ day: '2026-11-15', stored: 0, delivered: 0, waiting: 0 })
  expect(days[13]).toMatchObject({ day: DAY, stored: 929, waiting: 25 })
  const { departments, scenes } = await ask<{
    departments: readonly unknown[]
    scenes: readonly { scene: string }[]
  }>(`completeness?day=${DAY}`)
  expect(departments).toMatchObject([
    { departmentId: '0301', name: '0301', code: null, stored: 12, parked: 12 },
    { departmentId: '0405', parked: 4 },
    { departmentId: '0999', name: '眼科', delivered: 0, parked: 1 },
  ])
  expect(scenes.find(({ scene }) => scene === '0101082')).toMatchObject({
    ...{ name: '检验报告', state: 'stuck' },
  })
})
