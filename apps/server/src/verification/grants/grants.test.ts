import { type HospitalId, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { consumeGrant } from './consume-grant.ts'
import type { GrantSubject } from './grant.ts'
import { issueGrant, type NewGrant } from './issue-grant.ts'
import { voidGrants } from './void-grants.ts'

const hospital = 'demo' as HospitalId
const NOW = 1_800_000_000_000
const clock = { nowMs: () => NOW }
const subject: GrantSubject = { kind: 'person', personIndex: Buffer.from('person') }

async function setUp() {
  const { database, asOwner } = await testDatabase()
  await asOwner(`INSERT INTO app_user VALUES ('demo', 'user_1', 1), ('demo', 'user_2', 1)`)
  const issue = (changes: Partial<NewGrant> = {}) =>
    database.inTransaction(hospital, (tx) =>
      issueGrant(tx, clock, {
        userId: 'user_1',
        subject,
        purpose: 'refund',
        assurance: 'face',
        source: 'face_1',
        lastsMs: 30 * MINUTE_MS,
        ...changes,
      }),
    )
  const consume = (id: string, caseId: string, changes: object = {}) =>
    database.inTransaction(hospital, (tx) =>
      consumeGrant(tx, id, { userId: 'user_1', subject, purpose: 'refund', caseId, nowMs: NOW, ...changes }),
    )
  return { database, asOwner, issue, consume }
}

test('a grant is spent once: of many cases at once one gets it, and asking again for that case is told yes', async () => {
  const { issue, consume } = await setUp()
  const grant = await issue()
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, index) => consume(grant.id, `case_${index}`)),
  )
  const winners = results.flatMap((result, index) => (result ? [`case_${index}`] : []))
  expect(winners).toHaveLength(1)
  expect(await consume(grant.id, winners[0] as string)).toMatchObject({ spentOn: winners[0] })
  expect(await consume(grant.id, 'case_later')).toBeUndefined()
})

test('a case that is not made leaves the grant unspent: one transaction', async () => {
  const { database, issue, consume } = await setUp()
  const grant = await issue()
  await expect(
    database.inTransaction(hospital, async (tx) => {
      await consumeGrant(tx, grant.id, {
        userId: 'user_1',
        subject,
        purpose: 'refund',
        caseId: 'case_1',
        nowMs: NOW,
      })
      throw new Error('the case could not be made')
    }),
  ).rejects.toThrow('could not be made')
  expect(await consume(grant.id, 'case_2')).toMatchObject({ spentOn: 'case_2' })
})

test.each([
  ['another user', { userId: 'user_2' }],
  ['another person', { subject: { kind: 'person', personIndex: Buffer.from('other') } }],
  ['another purpose', { purpose: 'lab-report' }],
  ['its time is over', { nowMs: NOW + 30 * MINUTE_MS }],
])('not consumed: %s', async (_, changes) => {
  const { issue, consume } = await setUp()
  const grant = await issue()
  expect(await consume(grant.id, 'case_1', changes)).toBeUndefined()
  expect(await consume(grant.id, 'case_1')).toBeDefined()
})

test('one source makes one grant, however often it is settled', async () => {
  const { issue, asOwner } = await setUp()
  const first = await issue()
  expect((await issue()).id).toBe(first.id)
  expect(await asOwner('SELECT id FROM verification_grant')).toHaveLength(1)
})

test('the database itself knows no fallback grant for a refund', async () => {
  const { issue } = await setUp()
  await expect(issue({ assurance: 'fallback' })).rejects.toThrow(/check constraint/)
})

test('an operator voids what a user holds; a spent grant stays spent, and each voiding is recorded', async () => {
  const { database, asOwner, issue, consume } = await setUp()
  const spent = await issue()
  await consume(spent.id, 'case_1')
  const live = await issue({ source: 'face_2' })
  const ended = await database.inTransaction(hospital, (tx) =>
    voidGrants(tx, clock, { reason: 'operator', actor: 'operator:7', userId: 'user_1' }),
  )
  expect(ended).toBe(1)
  expect(await consume(live.id, 'case_2')).toBeUndefined()
  const audit = await asOwner<{ actor: string; subject: string }>(
    `SELECT actor, subject FROM audit_entry WHERE action = 'verification.grant-voided'`,
  )
  expect(audit).toEqual([{ actor: 'operator:7', subject: live.id }])
})

test('a proxy’s own expiry ends the grant earlier', async () => {
  const { issue } = await setUp()
  const grant = await issue({
    assurance: 'proxy',
    proxy: { sealed: Buffer.from('x'), expiresAtMs: NOW + MINUTE_MS },
  })
  expect(grant.expiresAtMs).toBe(NOW + MINUTE_MS)
})
