import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { NEW_ADDRESS, NEW_PHONE, openPersonalData } from './open-personal-data.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  return () => database.drop()
})
const open = (update?: Parameters<typeof openPersonalData>[1]) => openPersonalData(database, update)

test('a change reaches archive and patient; old and new value lie sealed in the row that the audit names', async () => {
  const { change, grant, user, patient, phoneInHis, phoneKept, rows, audit, archive, close, room } =
    await open()
  await grant(user, patient, 'personal-data', 'proxy')
  const { status, body } = await change({ phone: ` ${NEW_PHONE} `, address: NEW_ADDRESS })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    phone: NEW_PHONE,
    address: NEW_ADDRESS,
    changeUnderWay: false,
    mayChange: true,
  })
  expect([await phoneInHis(), await phoneKept()]).toEqual([NEW_PHONE, NEW_PHONE])
  const [row] = (await rows()) as unknown as { id: string; old_values: Buffer; new_values: Buffer }[]
  const opened = (column: 'old_values' | 'new_values') =>
    JSON.parse(room.cipher.open(row?.[column] as Buffer, `personal_data_change.${column}`).reveal())
  expect(opened('old_values')).toEqual({ phone: archive.phone, address: archive.address ?? null })
  expect(opened('new_values')).toEqual({ phone: NEW_PHONE, address: NEW_ADDRESS })
  for (const action of ['personal-data.change-asked', 'personal-data.changed'])
    expect((await audit(action)).at(-1)).toMatchObject({
      ...{ subject: row?.id, actor: `user:${user.session.userId}` },
      detail: { patient: patient.id, fields: 'phone,address' },
    })
  await close()
})

test('wrong input is refused by field and nothing is stored or asked', async () => {
  const { change, grant, user, patient, rows, keys, close } = await open()
  await grant(user, patient, 'personal-data')
  const { status, body } = await change({ phone: '139', address: '杭' })
  expect(status).toBe(400)
  expect(body.error.fields).toEqual([
    { field: 'phone', message: '手机号码应为 11 位数字，请检查' },
    { field: 'address', message: '现住址太短，请写到门牌号' },
  ])
  expect([await rows(), keys]).toEqual([[], []])
  await close()
})

test('what is so already is answered without asking', async () => {
  const { change, grant, user, patient, archive, keys, close } = await open()
  await grant(user, patient, 'personal-data')
  const { status, body } = await change({ phone: archive.phone ?? '' })
  expect([status, body.phone, keys]).toEqual([200, archive.phone, []])
  await close()
})

test('the HIS says no: said so, nothing is kept, and another try is free', async () => {
  const { change, grant, user, patient, hospital, rows, phoneKept, close } = await open()
  await grant(user, patient, 'personal-data')
  hospital.faults.order({ kind: 'refused', operation: 'archives.update', times: 1 })
  const refused = await change({ phone: NEW_PHONE })
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'his-refused' } } })
  expect(refused.body.error.message).toContain('请到窗口修改')
  expect([await rows(), await phoneKept()]).toMatchObject([[{ state: 'no' }], undefined])
  expect((await change({ phone: NEW_PHONE })).status).toBe(200)
  await close()
})

test('a HIS that offers no change, or is down: said so, and what to do', async () => {
  const without = await open({ put: 'absent' })
  await without.grant(without.user, without.patient, 'personal-data')
  expect((await without.read()).body.mayChange).toBe(false)
  const { status, body } = await without.change({ phone: NEW_PHONE })
  expect([status, body.error.code]).toEqual([409, 'his-refused'])
  expect(body.error.message).toContain('窗口')
  await without.close()

  const down = await open()
  await down.grant(down.user, down.patient, 'personal-data')
  down.hospital.faults.order({ kind: 'unavailable', operation: 'archives.find' })
  expect(await down.read()).toMatchObject({ status: 503, body: { error: { code: 'his-unavailable' } } })
  expect((await down.change({ phone: NEW_PHONE })).status).toBe(503)
  expect(await down.rows()).toEqual([])
  await down.close()
})
