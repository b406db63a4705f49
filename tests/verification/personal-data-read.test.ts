import { MINUTE_MS, sensitive } from '@zhangyi/core'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { LI, NEW_ADDRESS, NEW_PHONE, openPersonalData } from './open-personal-data.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  return () => database.drop()
})
const open = (update?: Parameters<typeof openPersonalData>[1]) => openPersonalData(database, update)

test('with a grant everything is shown unmasked, kept by no cache, and recorded', async () => {
  const { read, grant, user, patient, archive, audit, close } = await open()
  const { id } = await grant(user, patient, 'personal-data')
  const { status, body, headers } = await read()
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  expect(body).toMatchObject({
    ...{ patientId: patient.id, name: LI.name, idType: '居民身份证', idNumber: LI.idNumber },
    ...{ phone: archive.phone, visitCard: archive.visitCardNumber, mayChange: true, changeUnderWay: false },
    grant: { assurance: 'real-person' },
  })
  expect((await audit('personal-data.viewed')).at(-1)).toMatchObject({
    ...{ subject: patient.id, detail: { grant: id, assurance: 'real-person' } },
  })
  await close()
})

test('no grant, one of another purpose, a lapsed one: refused and recorded, and the HIS is not asked', async () => {
  const { read, change, grant, user, patient, clock, audit, close, keys } = await open()
  const refused = { status: 403, body: { error: { code: 'verification-required' } } }
  expect(await read()).toMatchObject(refused)
  await grant(user, patient, 'lab-report')
  expect(await change({ phone: NEW_PHONE })).toMatchObject(refused)
  await grant(user, patient, 'personal-data')
  clock.advance(30 * MINUTE_MS)
  expect(await read()).toMatchObject(refused)
  const recorded = (await audit('verification.refused')).filter(({ subject }) => subject === patient.id)
  expect(recorded.map(({ detail }) => [detail['act'], detail['why']])).toEqual([
    ...[
      ['read', 'none'],
      ['change', 'none'],
      ['read', 'expired'],
    ],
  ])
  expect(keys).toEqual([])
  await close()
})

test.each(['fallback', 'trusted'] as const)('a %s grant shows, and never changes', async (assurance) => {
  const { read, change, grant, user, patient, keys, phoneInHis, archive, close } = await open()
  await grant(user, patient, 'personal-data', assurance)
  expect((await read()).body).toMatchObject({ mayChange: false, grant: { assurance } })
  expect(await change({ phone: NEW_PHONE })).toMatchObject({
    ...{ status: 403, body: { error: { code: 'real-person-required' } } },
  })
  expect([keys, await phoneInHis()]).toEqual([[], archive.phone])
  await close()
})

test("another user's patient stays unknown to a stranger, even one with a grant of that person's own patient", async () => {
  const { read, change, signIn, link, grant, audit, patient, close } = await open()
  const stranger = await signIn()
  const own = await link(stranger, { name: sensitive('陈秀兰'), idNumber: sensitive('330102199308153229') })
  await grant(stranger, own, 'personal-data')
  for (const answer of [await read(stranger), await change({ phone: NEW_PHONE }, stranger)])
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'patient-not-yours' } } })
  const tried = (await audit('patients.not-yours')).filter(({ subject }) => subject === patient.id)
  expect(tried).toHaveLength(2)
  await close()
})

test('a grant that ends while the HIS takes its time opens nothing and changes nothing', async () => {
  const opened = await open()
  const { read, change, grant, user, patient, voidGrants, port, rows, keys, audit, close } = opened
  const find = port.archives.find
  Object.assign(port.archives, {
    find: async (...input: Parameters<typeof find>) => {
      const found = await find(...input)
      await voidGrants(user)
      return found
    },
  })
  await grant(user, patient, 'personal-data')
  expect(await read()).toMatchObject({ status: 403 })
  await grant(user, patient, 'personal-data')
  expect(await change({ phone: NEW_PHONE })).toMatchObject({ status: 403 })
  expect([await rows(), keys]).toEqual([[], []])
  const recorded = (await audit('verification.refused')).filter(({ subject }) => subject === patient.id)
  expect(recorded.map(({ detail }) => detail['why'])).toEqual(['ended-meanwhile', 'ended-meanwhile'])
  await close()
})

test('neither log, audit nor a stored row holds anything readable of the person', async () => {
  const { read, change, grant, user, patient, archive, logLines, close } = await open()
  await grant(user, patient, 'personal-data')
  await read()
  await change({ phone: NEW_PHONE, address: NEW_ADDRESS })
  await change({ phone: '139999999999999' })
  const tables = ['audit_entry', 'personal_data_change']
  const rows = await Promise.all(tables.map((table) => database.asOwner<object>(`SELECT * FROM ${table}`)))
  const text = (value: unknown) => (Buffer.isBuffer(value) ? value.toString() : JSON.stringify(value))
  const written = [
    ...rows.flatMap((table) => table.flatMap((row) => Object.values(row).map(text))),
    ...logLines,
  ].join()
  for (const secret of [LI.name, LI.idNumber, archive.phone ?? '', NEW_PHONE, NEW_ADDRESS, '139999999999999'])
    expect(written).not.toContain(secret)
  await close()
})
