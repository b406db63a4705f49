import { fen } from '@zhangyi/core'
import type { HisReports, Report } from '@zhangyi/his'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/setup/test-database.ts'
import type { PatientRow } from '../patients/index.ts'
import type { RecordDetail, RecordList } from './record-views.ts'
import { openRecordsRoom, type RecordsStack, type User } from './test-support/open-records-room.ts'

let database: TestDatabase
let stack: RecordsStack

beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openRecordsRoom(database)
  return async () => {
    await stack.close()
    await database.drop()
  }
})
beforeEach(() => stack.useHis(undefined))

let users = 0
async function liMinghua(): Promise<{ user: User; patient: PatientRow }> {
  const user = await stack.signIn(`openid-${users++}`)
  const patient = await user.link('liMinghua')
  await user.grant(patient, 'lab-report')
  return { user, patient }
}
const listOf = async (user: User, { id }: PatientRow) =>
  (await user.get<RecordList>(`lab?patientId=${id}&from=2024-11-01`)).body.records
const reportsOf = (): HisReports => stack.hospital.port.reports as HisReports
const useReports = (reports: Partial<HisReports>) =>
  stack.useHis({ ...stack.hospital.port, reports: { ...reportsOf(), ...reports } })
const auditOf = ({ session }: User, action: string) =>
  database.asOwner<{ detail: Record<string, unknown> }>(
    `SELECT detail FROM audit_entry WHERE actor = 'user:${session.userId}' AND action = '${action}' ORDER BY at_ms, ctid`,
  )

test('bug: a grant voided while the HIS took its time still showed the report', async () => {
  const { user, patient } = await liMinghua()
  const [newest] = await listOf(user, patient)
  const { indicators } = (await user.get<RecordDetail>(`lab/${newest?.key}?patientId=${patient.id}`)).body
  const paths = ['lab', `lab/${newest?.key}`, `lab/${newest?.key}/pdf`, 'lab/trend']
  for (const path of paths) {
    await user.grant(patient, 'lab-report')
    const voided = async <T>(answer: Promise<T>): Promise<T> => {
      await database.asOwner(
        `UPDATE verification_grant SET voided_at_ms = ${stack.clock.nowMs()}, void_reason = 'operator'
          WHERE user_id = '${user.session.userId}' AND voided_at_ms IS NULL`,
      )
      return answer
    }
    const { list, detail } = reportsOf()
    useReports({ list: (query) => voided(list(query)), detail: (key) => voided(detail(key)) })
    const answer = await user.get(`${path}?patientId=${patient.id}&indicator=${indicators[0]?.id}`)
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'verification-required' } } })
    stack.useHis(undefined)
  }
  const refusals = await auditOf(user, 'verification.refused')
  expect(refusals.map(({ detail }) => detail['why'])).toEqual(paths.map(() => 'ended-meanwhile'))
  for (const action of ['records.pdf', 'records.trend']) expect(await auditOf(user, action)).toEqual([])
})

test('bug: the audit log did not tell whether two viewings were of one report', async () => {
  const { user, patient } = await liMinghua()
  const keys = (await listOf(user, patient)).map(({ key }) => key)
  for (const key of [keys[0], keys[0], keys[1]]) await user.get(`lab/${key}?patientId=${patient.id}`)
  const [first, second, third] = (await auditOf(user, 'records.viewed')).map(({ detail }) => detail['report'])
  expect(first).toMatch(/^[\w-]{16}$/)
  expect([second, third === first]).toEqual([first, false])
  expect(await auditOf(user, 'records.listed')).toMatchObject([
    ...[{ detail: { from: '2024-11-01', to: '2026-11-23' } }],
  ])
})

test('bug: a cost taken back, or a sum beyond all numbers, kept a whole report from being shown', async () => {
  const { user, patient } = await liMinghua()
  const [newest] = await listOf(user, patient)
  const line = { specification: undefined, quantity: '1', usage: undefined }
  const withAmounts = async (...amounts: number[]) => {
    const lines = amounts.map((amount) => ({ ...line, name: '床位费', amount: fen(amount) }))
    useReports({ detail: async (key): Promise<Report> => ({ ...(await reportsOf().detail(key)), lines }) })
    return (await user.get<RecordDetail>(`lab/${newest?.key}?patientId=${patient.id}`)).body
  }
  expect(await withAmounts(5_000, -5_000, 300)).toMatchObject({ totalFen: 300 })
  const most = Number.MAX_SAFE_INTEGER
  expect(await withAmounts(most, most)).toMatchObject({ totalFen: null, lines: [{ amountFen: most }, {}] })
})

test('bug: after the patient was linked with another archive, a key asked that archive for the old one’s report', async () => {
  const { user, patient } = await liMinghua()
  const [newest] = await listOf(user, patient)
  await database.asOwner(`UPDATE patient SET patid = 'P100002' WHERE id = '${patient.id}'`)
  useReports({ detail: () => Promise.reject(new Error('the HIS was asked')) })
  expect((await user.get(`lab/${newest?.key}?patientId=${patient.id}`)).status).toBe(404)
  expect(await auditOf(user, 'records.bad-key')).toHaveLength(1)
})

test('bug: in H5, which has no component of the platform, the card’s text was sent all the same', async () => {
  const { user, patient } = await liMinghua()
  const [newest] = await listOf(user, patient)
  await database.asOwner(
    `UPDATE session SET channel = 'official-account' WHERE user_id = '${user.session.userId}'`,
  )
  const { status, body } = await user.get(`lab/${newest?.key}?patientId=${patient.id}`)
  expect([status, body]).toMatchObject([200, { interpretation: null }])
})
