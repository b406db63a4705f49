import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import type { Role } from '../operators/access/roles.ts'
import { INSTALLATION } from '../operators/accounts/account.ts'
import { ORIGIN, openDoor } from '../operators/test-support/open-door.ts'
import { signInAs } from '../operators/test-support/sign-in-as.ts'
import { registerAudit } from './audit-routes.ts'
import { auditWork } from './chain/audit-work.ts'
import { recordAudit } from './record-audit.ts'
import { seedAudit } from './test-support/seed-audit.ts'

let database: TestDatabase
let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  database = await createTestDatabase()
  await seedAudit(database, { count: 120 })
  await seedAudit(database, { hospital: 'second', count: 3 })
})
beforeEach(async () => {
  door = await openDoor(database)
  registerAudit(door.http, door.room)
})
afterAll(() => database.drop())

const as = async (role: Role, hospitals?: readonly string[]) =>
  door.desk(
    await signInAs(door.room, {
      ...{ origin: ORIGIN, loginName: `${role}-${hospitals?.join('') ?? 'all'}`, role },
      ...(hospitals && { hospitals }),
    }),
  )

describe('reading the audit', () => {
  test('newest first, fifty a page, each with its Chinese name, to the last one', async () => {
    const desk = await as('audit')
    const one = await desk.ask('GET', '/audit')
    expect(one.status).toBe(200)
    expect(one.body.entries).toHaveLength(50)
    expect(one.body.entries[0]).toMatchObject({
      ...{ action: 'deposits.refund-ordered', actionName: '预交金：退款已受理', actor: 'system:payments' },
      detail: { n: 120, why: '退款' },
    })
    const two = await desk.ask('GET', `/audit?before=${one.body.next}`)
    const three = await desk.ask('GET', `/audit?before=${two.body.next}`)
    expect([two.body.entries.length, three.body.entries.length, three.body.next]).toEqual([50, 20, null])
    const numbers = [one, two, three].flatMap(({ body }) =>
      body.entries.map(({ detail }: { detail: { n: number } }) => detail.n),
    )
    expect(numbers).toEqual(Array.from({ length: 120 }, (_, index) => 120 - index))
  })

  test('by actor, beginning of the action, subject, trace and days', async () => {
    const desk = await as('audit')
    const count = async (query: string) => (await desk.ask('GET', `/audit?${query}`)).body.entries.length
    expect(await count('actor=user:7')).toBe(1)
    expect(await count('action=records.')).toBe(50)
    expect(await count('subject=subject_5')).toBe(3)
    expect(await count('traceId=trace_5')).toBe(4)
    expect(await count('from=2026-11-28&to=2026-11-28')).toBe(50)
    expect(await count('from=2026-11-29')).toBe(0)
    expect((await desk.ask('GET', '/audit?from=2026-11-31')).body.error.fields[0].field).toBe('from')
    for (const [wish, field] of Object.entries({
      'actor=': 'actor',
      'before=7': 'before',
      'before=7.x': 'before',
    }))
      expect((await desk.ask('GET', `/audit?${wish}`)).body.error.fields[0].field, wish).toBe(field)
  })

  test('of a hospital that one sees, and of the accounts; not of another hospital', async () => {
    const desk = await as('audit', ['second'])
    expect((await desk.ask('GET', '/audit')).body.entries).toHaveLength(3)
    expect((await desk.ask('GET', '/audit?hospital=first')).code).toBe('not-found')
    await door.room.database.inTransaction(INSTALLATION, (tx) =>
      recordAudit(tx, {
        ...{ atMs: 1, actor: 'operator:root', action: 'accounts.created', subject: 'li-04', traceId: '-' },
      }),
    )
    const { body } = await desk.ask('GET', '/audit?hospital=installation&action=accounts.')
    expect(body.entries).toMatchObject([{ actionName: '账号：开账号', subject: 'li-04' }])
  })

  test('by the auditor and nobody else', async () => {
    for (const role of ['system', 'security', 'finance', 'operator', 'hospital'] as const) {
      const desk = await as(role)
      for (const path of ['/audit', '/audit/chain'])
        expect((await desk.ask('GET', path)).code, `${role} ${path}`).toBe('operator-forbidden')
    }
    expect((await door.desk().ask('GET', '/audit')).code).toBe('operator-not-signed-in')
  })
})

test('the chain: how long, what waits, its head; and that somebody changed it', async () => {
  const desk = await as('audit')
  const chain = async () => (await desk.ask('GET', '/audit/chain?hospital=second')).body
  expect(await chain()).toEqual({
    ...{ linked: 0, unlinked: 3, lastAtMs: null, head: null, isWhole: true, problem: null },
  })
  await auditWork(door.room).runDue(door.clock, 100)
  const report = await chain()
  expect(report).toMatchObject({ linked: 3, unlinked: 0, isWhole: true })
  expect(report.head).toMatch(/^3:[0-9a-f]{64}$/)
  expect(report.lastAtMs).toBe(Date.parse('2026-11-28T09:00:03+08:00'))
  expect((await door.room.checks.run('advice')).find(({ name }) => name === 'audit.chain')).toMatchObject({
    ok: true,
  })
  await database.asOwner(`ALTER TABLE audit_entry DISABLE TRIGGER USER;
    UPDATE audit_entry SET actor = 'user:else' WHERE hospital_id = 'second' AND detail ->> 'n' = '2';
    ALTER TABLE audit_entry ENABLE TRIGGER USER`)
  expect(await chain()).toMatchObject({
    isWhole: false,
    problem: expect.stringMatching(/^第 2 环，条目 \d+：内容/),
  })
  const check = (await door.room.checks.run('advice')).find(({ name }) => name === 'audit.chain')
  expect(check).toMatchObject({ ok: false, problem: expect.stringContaining('second：第 2 环') })
})
