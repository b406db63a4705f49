import { MINI_PROGRAM } from '@zhangyi/sandbox'
import { expect, test } from 'vitest'
import { QR_CODE, useUsageSandbox } from '../../../../tests/setup/usage-rig.ts'
import { openContent } from './event-content.ts'
import { OWN_SOURCE, recordUsageEvent } from './record-usage-event.ts'
import type { UsageFact } from './usage-fact.ts'

const newRig = useUsageSandbox()
const INTERNAL = { id: 'D1', name: '内科' }
type Rig = Awaited<ReturnType<typeof newRig>>

async function contents({ rows, room }: Rig) {
  return (await rows()).map(({ content }) => (content ? openContent(room.cipher, content) : undefined))
}
const states = async ({ rows }: Rig) => (await rows()).map(({ state }) => state)

test('a success is stored as the platform wants it told, sealed, and due at once', async () => {
  const rig = await newRig()
  const patient = await rig.newPatient()
  await rig.record(patient)
  const [row] = await rig.rows()
  expect(row).toMatchObject({
    ...{ day: '2026-11-23', source: OWN_SOURCE, scene: '0101082', state: 'pending', after_cutoff: false },
    ...{ user_id: patient.userId, patient_id: patient.patientId, next_action_at_ms: rig.clock.nowMs() },
  })
  expect(row?.content?.toString('latin1')).not.toContain(QR_CODE.slice(0, 16))
  expect(await contents(rig)).toEqual([
    {
      report: {
        ...{ qrCodeText: QR_CODE, time: '2026-11-23 09:00:00', hospitalCode: '90003', scene: '0101082' },
        ...{ cardType: '11', cardChannel: '0402' },
      },
      context: { channelNum: 1, relatedUser: { appid: MINI_PROGRAM.appid, openid: 'o-test' } },
    },
  ])
})

test('it goes with the transaction that records the success: rolled back, nothing is left and nothing is merged', async () => {
  const rig = await newRig()
  const patient = await rig.newPatient()
  const fact: UsageFact = {
    act: 'book-appointment',
    ...{ number: 'B1', department: INTERNAL, patientId: patient.patientId },
    user: { userId: patient.userId, appid: 'wx', openid: 'o', channel: 'mini-program' },
  }
  const failing = rig.database.inTransaction(rig.hospitalId, async (tx) => {
    await recordUsageEvent(tx, rig.room, fact)
    await recordUsageEvent(tx, rig.room, { ...fact, act: 'list-lab', number: undefined })
    throw new Error('the HIS row could not be stored')
  })
  await expect(failing).rejects.toThrow('the HIS row')
  for (const table of ['usage_event', 'usage_key', 'usage_recent', 'usage_department'])
    expect(await rig.asOwner(`SELECT 1 FROM ${table}`), table).toEqual([])
  await rig.record(patient, fact)
  await rig.record(patient)
  expect(await states(rig)).toEqual(['parked', 'pending'])
})

test('the same question counts once in 60 s, and the window begins with the one that counted', async () => {
  const rig = await newRig()
  const patient = await rig.newPatient()
  for (const pass of [0, 30_000, 29_999, 1, 59_999]) {
    rig.clock.advance(pass)
    await rig.record(patient)
  }
  expect(await states(rig)).toEqual(['pending', 'merged', 'merged', 'pending', 'merged'])
  expect((await contents(rig)).map((one) => one === undefined)).toEqual([false, true, true, false, true])
})

test('other users, patients and scenes are other questions; a window of 0 counts every one', async () => {
  const rig = await newRig()
  const [one, two] = [await rig.newPatient(), await rig.newPatient()]
  await rig.record(one)
  await rig.record(two)
  await rig.record({ ...one, userId: two.userId })
  await rig.record(one, { act: 'list-examination' })
  expect(await states(rig)).toEqual(['pending', 'pending', 'pending', 'pending'])
  const always = await newRig({ dedupeSeconds: 0 })
  const patient = await always.newPatient()
  await always.record(patient)
  await always.record(patient)
  expect(await states(always)).toEqual(['pending', 'pending'])
})

test('two that ask at the same moment count once', async () => {
  const rig = await newRig()
  const patient = await rig.newPatient()
  await Promise.all(Array.from({ length: 5 }, () => rig.record(patient)))
  expect((await states(rig)).toSorted()).toEqual(['merged', 'merged', 'merged', 'merged', 'pending'])
})

test('a clock that was put back does not merge for as long', async () => {
  const rig = await newRig()
  const patient = await rig.newPatient()
  await rig.record(patient)
  rig.clock.advance(-3_600_000)
  await rig.record(patient)
  expect(await states(rig)).toEqual(['pending', 'pending'])
})

test('a booking counts once for ever, however often its success is told, and never merges with another', async () => {
  const rig = await newRig({ otherDepartment: '9999' })
  const patient = await rig.newPatient()
  const booking = (number: string) => ({ act: 'book-appointment', number, department: INTERNAL }) as const
  await rig.record(patient, booking('B1'))
  await Promise.all([rig.record(patient, booking('B1')), rig.record(patient, booking('B2'))])
  rig.clock.advance(3 * 86_400_000)
  await rig.record(patient, booking('B1'))
  await rig.record(patient, { ...booking('B1'), act: 'pay-outpatient-fee' })
  expect((await rig.rows()).map(({ scene, state }) => `${scene} ${state}`)).toEqual([
    ...['0101011 pending', '0101011 pending', '0101051 pending'],
  ])
})

test('a patient without a card is kept and counted, and nothing is sent', async () => {
  const rig = await newRig()
  await rig.record(await rig.newPatient(false))
  expect(await states(rig)).toEqual(['no-card'])
  await rig.run()
  expect(rig.reports()).toEqual([])
})

test('a department without a code is parked and put on the list; with a code, or the code for others, it goes', async () => {
  const rig = await newRig()
  const patient = await rig.newPatient()
  const book = (number: string, department = INTERNAL) =>
    rig.record(patient, { act: 'book-appointment', number, department })
  await book('B1')
  await book('B2', { ...INTERNAL, name: '内科门诊' })
  expect(await rig.asOwner('SELECT department_id, name, code FROM usage_department')).toEqual([
    { department_id: 'D1', name: '内科门诊', code: null },
  ])
  await rig.asOwner("UPDATE usage_department SET code = '0300'")
  await book('B3')
  await rig.record(patient, { act: 'register-same-day', number: 'B4' })
  expect(
    (await rig.rows()).map(({ state, reason, department_id }) => [state, reason, department_id]),
  ).toEqual([
    ['parked', 'department-unmapped', 'D1'],
    ['parked', 'department-unmapped', 'D1'],
    ['pending', null, 'D1'],
    ['parked', 'department-unmapped', null],
  ])
  expect((await contents(rig)).map((one) => one?.report.department)).toEqual([
    ...[undefined, undefined, '0300', undefined],
  ])
  const other = await newRig({ otherDepartment: '9999' })
  await other.record(await other.newPatient(), {
    act: 'book-appointment',
    number: 'B1',
    department: INTERNAL,
  })
  expect((await contents(other))[0]?.report.department).toBe('9999')
})

test('a scene that the hospital does not report leaves nothing; its own scene is told as it says', async () => {
  const rig = await newRig({ scenes: { 'list-lab': null, 'show-card-code': '0101099' } })
  const patient = await rig.newPatient()
  await rig.record(patient)
  await rig.record(patient, { act: 'list-diagnosis' })
  await rig.record(patient, { act: 'show-card-code' })
  expect((await rig.rows()).map(({ scene }) => scene)).toEqual(['0101099'])
})

test('the cost type goes with the scenes that need it, the campus by its code, the channel as it was', async () => {
  const rig = await newRig({ campuses: { 东院区: 'E01' }, costType: '0200' })
  const patient = await rig.newPatient()
  const pay = (number: string, more: object = {}) =>
    rig.record(patient, { act: 'pay-outpatient-fee', number, ...more })
  await pay('P1', { campus: '东院区' })
  await pay('P2', { campus: '没有登记的院区', costType: '0300' })
  await rig.record(patient, {
    user: { userId: patient.userId, appid: 'wx-oa', openid: 'o-oa', channel: 'official-account' },
  })
  const stored = await contents(rig)
  expect(stored.map((one) => [one?.report.cardCostTypes, one?.report.subHospitalCode])).toEqual([
    ...[
      ['0200', 'E01'],
      ['0300', undefined],
      [undefined, undefined],
    ],
  ])
  expect(stored[2]).toMatchObject({ report: { cardChannel: '0401' }, context: { channelNum: 0 } })
})

test('by schedule an event waits for the next run; after 23:00 it goes at once and counts apart', async () => {
  const rig = await newRig({ mode: 'scheduled', runs: ['08:00', '12:00'], dedupeSeconds: 0 })
  const patient = await rig.newPatient()
  await rig.record(patient)
  rig.clock.set(Date.parse('2026-11-23T23:00:00+08:00'))
  await rig.record(patient)
  expect(
    (await rig.rows()).map(({ after_cutoff, next_action_at_ms }) => [after_cutoff, next_action_at_ms]),
  ).toEqual([
    [false, Date.parse('2026-11-23T12:00:00+08:00')],
    [true, rig.clock.nowMs()],
  ])
})
