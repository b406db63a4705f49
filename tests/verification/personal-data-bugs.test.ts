import { HOUR_MS, MINUTE_MS, no, unknown, yes } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { NEW_ADDRESS, NEW_PHONE, openPersonalData, type Update } from './open-personal-data.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  return () => database.drop()
})
const open = (put: Update) => openPersonalData(database, { put })

test('bug: a HIS that answered a change with somebody else’s archive had it shown', async () => {
  const { change, grant, user, patient, rows, archive, phoneKept, close } = await open(async () =>
    yes<Archive>({ ...archive, patid: 'P100009', phone: '13900009999', address: '别人的住址 1 号' }),
  )
  await grant(user, patient, 'personal-data')
  const { status, body } = await change({ phone: NEW_PHONE })
  expect([status, body.error.code]).toEqual([409, 'change-under-way'])
  expect(JSON.stringify(body)).not.toMatch(/13900009999|别人/)
  expect(await rows()).toMatchObject([{ state: 'unknown', last_problem: 'unknown foreign-answer' }])
  expect(await phoneKept()).toBeUndefined()
  await close()
})

test('bug: after a change everything was shown without an entry, and though the grant had been voided meanwhile', async () => {
  const { change, grant, user, patient, rows, hospital, audit, voidGrants, close } = await open(
    async (wanted, key) => {
      if (voids) await voidGrants(user)
      return (hospital.port.archives.update as Update)(wanted, key)
    },
  )
  let voids = false
  await grant(user, patient, 'personal-data')
  expect((await change({ phone: NEW_PHONE })).status).toBe(200)
  const viewed = () => audit('personal-data.viewed')
  expect((await viewed()).filter(({ subject }) => subject === patient.id)).toHaveLength(1)
  voids = true
  const { status, body } = await change({ phone: '13933334444' })
  expect([status, body.error]).toMatchObject([
    ...[403, { code: 'verification-required', message: expect.stringContaining('修改已经成功') }],
  ])
  expect((await rows()).map(({ state }) => state)).toEqual(['yes', 'yes'])
  expect((await viewed()).filter(({ subject }) => subject === patient.id)).toHaveLength(1)
  await close()
})

test('bug: an address that the HIS had written in its own way was never found, and parked', async () => {
  let asked = 0
  const { change, grant, user, patient, rows, hospital, archive, work, clock, close } = await open(
    async () => (asked++ === 0 ? unknown('timeout') : no('duplicate', 'query')),
  )
  await grant(user, patient, 'personal-data')
  await change({ address: NEW_ADDRESS })
  const asKept = NEW_ADDRESS.replaceAll(' ', '').replaceAll('9', '９')
  await hospital.port.archives.update?.({ patid: archive.patid, address: asKept }, 'arrived')
  clock.advance(HOUR_MS)
  await work.runDue(clock, 100)
  expect(await rows()).toMatchObject([{ state: 'yes' }])
  await close()
})

test('bug: one change that could not be asked kept every other one from being asked', async () => {
  const spoilt = await open(async () => unknown('timeout'))
  await spoilt.grant(spoilt.user, spoilt.patient, 'personal-data')
  await spoilt.change({ phone: NEW_PHONE })
  // As after a key was lost. Another archive, because one archive takes one change at a time.
  await database.asOwner(`UPDATE personal_data_change SET new_values = '\\x00', patid = 'P-spoilt'
    WHERE patient_id = '${spoilt.patient.id}'`)
  const { change, grant, user, patient, rows, hospital, clock, work, logLines, close } =
    await openPersonalData(database)
  await database.asOwner(`UPDATE personal_data_change SET state = 'unknown', next_action_at_ms = 0
    WHERE patient_id = '${spoilt.patient.id}'`)
  await grant(user, patient, 'personal-data')
  hospital.faults.order({ kind: 'reply-lost', operation: 'archives.update', times: 1 })
  await change({ phone: NEW_PHONE })
  clock.advance(3 * MINUTE_MS)
  await work.runDue(clock, 100)
  expect(await rows()).toMatchObject([{ state: 'yes' }])
  expect(logLines.join()).toContain('could not be asked again')
  await Promise.all([spoilt.close(), close()])
})
