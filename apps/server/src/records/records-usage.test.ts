import { SECOND_MS } from '@zhangyi/core'
import { HisError, type HisPort, type HisReports } from '@zhangyi/his'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/setup/test-database.ts'
import { countRecordSuccesses } from './count-record-successes.ts'
import { openRecordsRoom, type RecordsStack } from './test-support/open-records-room.ts'

let database: TestDatabase
let stack: RecordsStack
let users = 0

beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openRecordsRoom(database)
  return async () => {
    await stack.close()
    await database.drop()
  }
})
beforeEach(async () => {
  stack.useHis(undefined)
  stack.clock.advance(120 * SECOND_MS)
  await database.asOwner('TRUNCATE usage_event, audit_entry')
})

async function verified() {
  const user = await stack.signIn(`openid-${users++}`)
  const patient = await user.link('liMinghua')
  const purposes = ['lab-report', 'examination-report', 'check-up-report', 'prescription'] as const
  for (const purpose of purposes) await user.grant(patient, purpose)
  return {
    user,
    patient,
    list: (kind: string) => user.get(`${kind}?patientId=${patient.id}&from=2024-11-01`),
  }
}
const events = () => database.asOwner(`SELECT scene, state FROM usage_event ORDER BY id`)
const counted = () =>
  database.database.inTransaction('demo' as never, (tx) =>
    countRecordSuccesses(tx, { fromMs: 0, toMs: stack.clock.nowMs() + 1 }),
  )
const hisWith = (reports: Partial<HisReports>): HisPort => {
  const { port } = stack.hospital
  return { ...port, reports: { ...(port.reports as HisReports), ...reports } }
}

test('a list that the HIS gave is one use of the card in its own scene; what is opened from it is none', async () => {
  const { user, patient, list } = await verified()
  const { body } = (await list('lab')) as { body: { records: { key: string }[] } }
  await user.get(`lab/${body.records[0]?.key}?patientId=${patient.id}`)
  await list('examination')
  await list('check-up')
  expect(await events()).toEqual([
    { scene: '0101082', state: 'pending' },
    { scene: '0101081', state: 'pending' },
    { scene: '0101083', state: 'pending' },
  ])
  stack.clock.advance(59 * SECOND_MS)
  await list('lab')
  stack.clock.advance(SECOND_MS)
  await list('lab')
  expect((await events()).slice(3)).toEqual([
    { scene: '0101082', state: 'merged' },
    { scene: '0101082', state: 'pending' },
  ])
  expect(await counted()).toEqual(
    expect.arrayContaining([
      { act: 'list-lab', count: 3 },
      { act: 'list-examination', count: 1 },
      { act: 'list-check-up', count: 1 },
    ]),
  )
})

test('a list that is not reported leaves nothing, and its success is counted all the same', async () => {
  const { list } = await verified()
  expect(await list('prescription')).toMatchObject({ status: 200 })
  expect(await events()).toEqual([])
  expect(await counted()).toEqual([{ act: 'list-prescription', count: 1 }])
})

test('without a grant, when the HIS fails, or when the grant ends while the HIS takes its time: nothing', async () => {
  const { user, patient, list } = await verified()
  const stranger = await stack.signIn(`openid-${users++}`)
  expect((await stranger.get(`lab?patientId=${patient.id}`)).status).toBe(404)
  expect((await user.get(`diagnosis?patientId=${patient.id}`)).status).toBe(403)
  stack.useHis(hisWith({ list: () => Promise.reject(new HisError('unavailable', 'timeout', 'no answer')) }))
  expect((await list('lab')).status).toBe(503)
  stack.useHis(
    hisWith({
      list: async (question) => {
        await database.asOwner(
          `UPDATE verification_grant SET voided_at_ms = ${stack.clock.nowMs()}, void_reason = 'operator'`,
        )
        return (stack.hospital.port.reports as HisReports).list(question)
      },
    }),
  )
  expect((await list('lab')).status).toBe(403)
  expect(await events()).toEqual([])
  expect(await counted()).toEqual([])
})
