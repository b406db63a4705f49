import { HOUR_MS, MINUTE_MS, no, type Outcome, unknown } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import { beforeAll, expect, test } from 'vitest'
import { settleChange } from '../../apps/server/src/verification/personal-data/settle-change.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { NEW_PHONE, openPersonalData, type Update } from './open-personal-data.ts'
import { HOSPITAL } from './room-in-process.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  return () => database.drop()
})
const open = (update?: Parameters<typeof openPersonalData>[1]) => openPersonalData(database, update)

test('a lost reply is not a no: told as under way, nothing new taken, settled by the same key in the background', async () => {
  const {
    change,
    read,
    grant,
    user,
    patient,
    hospital,
    rows,
    phoneKept,
    keys,
    wakeUps,
    work,
    clock,
    audit,
    close,
  } = await open()
  await grant(user, patient, 'personal-data')
  hospital.faults.order({ kind: 'reply-lost', operation: 'archives.update', times: 1 })
  const underWay = { status: 409, body: { error: { code: 'change-under-way' } } }
  expect(await change({ phone: NEW_PHONE })).toMatchObject(underWay)
  expect(wakeUps()).toBe(1)
  expect((await read()).body).toMatchObject({ changeUnderWay: true })
  expect(await change({ phone: '13933334444' })).toMatchObject(underWay)
  expect([(await rows()).map(({ state }) => state), await phoneKept()]).toEqual([['unknown'], undefined])
  expect(await work.runDue(clock, 100)).toBe(1)
  const [row] = await rows()
  expect(row).toMatchObject({ state: 'yes', tries: 2 })
  expect(keys).toEqual([row?.id, row?.id])
  expect(await phoneKept()).toBe(NEW_PHONE)
  expect((await read()).body).toMatchObject({ phone: NEW_PHONE, changeUnderWay: false })
  expect((await audit('personal-data.changed')).at(-1)).toMatchObject({
    ...{ subject: row?.id, actor: 'system:verification' },
  })
  expect(await work.runDue(clock, 100)).toBe(0)
  await close()
})

test('a HIS that knows the key and not its end is looked up: the archive tells', async () => {
  let asked = 0
  const put: Update = async () => (asked++ === 0 ? unknown('timeout') : no('duplicate', 'query'))
  const { change, grant, user, patient, rows, hospital, archive, work, clock, close } = await open({ put })
  await grant(user, patient, 'personal-data')
  await change({ phone: NEW_PHONE })
  await work.runDue(clock, 100)
  expect(await rows()).toMatchObject([{ state: 'unknown', last_problem: 'unknown duplicate' }])
  await hospital.port.archives.update?.({ patid: archive.patid, phone: NEW_PHONE }, 'arrived-late')
  clock.advance(HOUR_MS)
  await work.runDue(clock, 100)
  expect(await rows()).toMatchObject([{ state: 'yes' }])
  await close()
})

test('a process that died after storing the intent: the change is asked again under its key', async () => {
  const die = () => {
    throw new Error('killed')
  }
  let put: Update = die
  const { change, grant, user, patient, rows, hospital, work, clock, phoneInHis, close } = await open({
    put: (...input) => put(...input),
  })
  await grant(user, patient, 'personal-data')
  expect((await change({ phone: NEW_PHONE })).status).toBe(500)
  expect(await rows()).toMatchObject([{ state: 'asked', tries: 1 }])
  put = hospital.port.archives.update as Update
  expect(await work.runDue(clock, 100)).toBe(0)
  clock.advance(2 * MINUTE_MS)
  expect(await work.runDue(clock, 100)).toBe(1)
  expect([await rows(), await phoneInHis()]).toMatchObject([[{ state: 'yes' }], NEW_PHONE])
  await close()
})

test('a HIS that never says: asked twelve times in all, then parked for a person, with an entry; never turned into no', async () => {
  const { change, grant, user, patient, rows, keys, work, clock, audit, close, logLines } = await open({
    put: async () => unknown('timeout'),
  })
  await grant(user, patient, 'personal-data')
  await change({ phone: NEW_PHONE })
  for (let round = 0; round < 30; round++) {
    await work.runDue(clock, 100)
    clock.advance(6 * HOUR_MS)
  }
  const [row] = await rows()
  expect([row?.state, row?.tries, keys.length, new Set(keys).size]).toEqual(['parked', 12, 12, 1])
  const parked = (await audit('personal-data.change-parked')).filter(({ subject }) => subject === row?.id)
  expect(parked).toHaveLength(1)
  expect(logLines.join()).toContain('change of personal data parked')
  await close()
})

test('two changes at the same moment: one is asked, the other is told to wait', async () => {
  let release: (outcome: Outcome<Archive>) => void = () => {}
  const held = new Promise<Outcome<Archive>>((resolve) => {
    release = resolve
  })
  let reached: () => void = () => {}
  const asked = new Promise<void>((resolve) => {
    reached = resolve
  })
  const put: Update = () => {
    reached()
    return held
  }
  const { change, grant, user, patient, keys, close, archive, work, clock } = await open({ put })
  await grant(user, patient, 'personal-data')
  const first = change({ phone: NEW_PHONE })
  await asked
  const second = await change({ phone: '13933334444' })
  expect(second).toMatchObject({ status: 409, body: { error: { code: 'change-under-way' } } })
  expect(await work.runDue(clock, 100)).toBe(0)
  release({ kind: 'yes', value: { ...archive, phone: NEW_PHONE } })
  expect([(await first).status, keys.length]).toEqual([200, 1])
  await close()
})

test('an end stays: a late answer of the other kind changes nothing and is recorded', async () => {
  const { change, grant, user, patient, rows, phoneKept, room, audit, close } = await open()
  await grant(user, patient, 'personal-data')
  await change({ phone: NEW_PHONE })
  const [row] = await rows()
  const late = (outcome: Outcome<Archive>) =>
    room.database.inTransaction(HOSPITAL, (tx) =>
      settleChange(tx, room, { id: row?.id ?? '', tries: 2 }, outcome, 'system:verification'),
    )
  expect(await late(unknown('timeout'))).toBe('yes')
  expect(await audit('personal-data.change-contradicted')).toEqual([])
  expect(await late(no('E9', 'too late'))).toBe('yes')
  expect([await rows(), await phoneKept()]).toMatchObject([[{ state: 'yes' }], NEW_PHONE])
  expect(await audit('personal-data.change-contradicted')).toMatchObject([
    ...[{ subject: row?.id, detail: { patient: patient.id, stands: 'yes', late: 'no' } }],
  ])
  await close()
})
