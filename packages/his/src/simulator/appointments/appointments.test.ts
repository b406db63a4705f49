import { MINUTE_MS } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import type { Slot } from '../../appointments.ts'
import { accepted, openHospital, paidNow } from '../test-support/open-hospital.ts'

const TODAY = '2026-11-23'
const DAYS = { from: '2026-11-24', to: '2026-12-06' }
type Opened = Awaited<ReturnType<typeof openHospital>>

async function slotOf({ port }: Opened, wanted: (slot: Slot) => boolean, days = DAYS): Promise<Slot> {
  for (const { departmentId } of await port.schedules.departments()) {
    const slots = await port.schedules.slots({ departmentId, doctorId: undefined, ...days })
    const slot = slots.find(wanted)
    if (slot) return slot
  }
  throw new Error('no such slot')
}

async function remaining({ port }: Opened, { slotId, departmentId, day }: Slot): Promise<number | undefined> {
  const slots = await port.schedules.slots({ departmentId, doctorId: undefined, from: day, to: day })
  return slots.find((one) => one.slotId === slotId)?.remaining
}

async function bookOne(opened: Opened, slot: Slot, key: string, patid = opened.patid) {
  const { lockId } = accepted(
    await opened.port.appointments.lock({ slotId: slot.slotId, patid }, `lock-${key}`),
  )
  const payment = paidNow(`PAY${key}`, slot.fee)
  return opened.port.appointments.book({ lockId, patid, payment }, key)
}

describe('the schedule', () => {
  test('has a dozen departments over the campuses, doctors with titles, and two weeks of slots', async () => {
    const { port } = await openHospital()
    const departments = await port.schedules.departments()
    expect(departments.filter(({ location }) => location)).toHaveLength(13)
    expect(new Set(departments.flatMap(({ campus }) => campus ?? [])).size).toBe(3)
    const doctors = await port.schedules.doctors('D0101')
    expect(doctors.map(({ title }) => title)).toEqual(['主任医师', '副主任医师', '主治医师'])
    expect(await port.schedules.doctors('D01')).toEqual([])
    const slots = await port.schedules.slots({
      departmentId: 'D0101',
      doctorId: undefined,
      from: '2026-01-01',
      to: '2027-12-31',
    })
    const days = new Set(slots.map(({ day }) => day))
    expect([...days].sort().at(0)).toBe(TODAY)
    expect([...days].sort().at(-1)).toBe('2026-12-06')
    expect(slots.some(({ remaining: places }) => places === 0)).toBe(true)
    expect(slots.some(({ doctorId }) => doctorId === undefined)).toBe(true)
    const { doctorId } = doctors[0] ?? { doctorId: '' }
    const own = await port.schedules.slots({ departmentId: 'D0101', doctorId, ...DAYS })
    expect(own.every((slot) => slot.doctorId === doctorId)).toBe(true)
  })

  test('moves on with the day: what is over is gone, a new day comes behind', async () => {
    const opened = await openHospital()
    const query = { departmentId: 'D03', doctorId: undefined, from: TODAY, to: '2027-12-31' }
    opened.clock.set('2026-11-23T12:30:00+08:00')
    const today = (await opened.port.schedules.slots(query)).filter(({ day }) => day === TODAY)
    expect(today.every(({ period }) => period === 'afternoon')).toBe(true)
    opened.clock.set('2026-11-24T07:00:00+08:00')
    const days = (await opened.port.schedules.slots(query)).map(({ day }) => day)
    expect(days).not.toContain(TODAY)
    expect(days).toContain('2026-12-07')
  })
})

describe('a lock', () => {
  test('keeps a place for its time, and lets go by itself', async () => {
    const opened = await openHospital({ slotLockMs: 5 * MINUTE_MS })
    const slot = await slotOf(opened, ({ remaining: places }) => places > 0)
    const { lockId, expiresAt } = accepted(
      await opened.port.appointments.lock({ slotId: slot.slotId, patid: opened.patid }, 'a'),
    )
    expect(Date.parse(expiresAt) - opened.clock.nowMs()).toBe(5 * MINUTE_MS)
    expect(await remaining(opened, slot)).toBe(slot.remaining - 1)
    opened.clock.advance(5 * MINUTE_MS)
    expect(await remaining(opened, slot)).toBe(slot.remaining)
    const request = { lockId, patid: opened.patid, payment: undefined }
    expect(await opened.port.appointments.book(request, 'b')).toMatchObject({ code: 'lock-expired' })
  })

  test('of a patient who comes back is the one that is there', async () => {
    const opened = await openHospital()
    const slot = await slotOf(opened, ({ remaining: places }) => places > 0)
    const lock = (key: string) =>
      opened.port.appointments.lock({ slotId: slot.slotId, patid: opened.patid }, key)
    expect(accepted(await lock('b'))).toEqual(accepted(await lock('a')))
    expect(await remaining(opened, slot)).toBe(slot.remaining - 1)
  })

  test('is given to as many as there are places, however many come at once', async () => {
    const opened = await openHospital()
    const slot = await slotOf(opened, ({ remaining: places }) => places === 2)
    const patients: string[] = []
    for (let one = 0; one < 5; one++) patients.push(await opened.newPatient())
    const outcomes = await Promise.all(
      patients.map((patid) => opened.port.appointments.lock({ slotId: slot.slotId, patid }, patid)),
    )
    expect(outcomes.filter(({ kind }) => kind === 'yes')).toHaveLength(2)
    expect(outcomes.filter((one) => one.kind === 'no' && one.code === 'slot-taken')).toHaveLength(3)
    expect(await remaining(opened, slot)).toBe(0)
  })

  test.each(['S.D0101.20261220.0800', 'S.D0101.20261122.0800', 'S.D99.20261124.0800', '', 'constructor'])(
    'of %j, which nobody can book, is refused',
    async (slotId) => {
      const { port, patid } = await openHospital()
      expect(await port.appointments.lock({ slotId, patid }, 'a')).toMatchObject({ code: 'slot-taken' })
    },
  )
})

describe('an appointment', () => {
  test('is booked with its payment, found by its key, and cancelled with the money in the books', async () => {
    const opened = await openHospital()
    const { port, hospital, patid } = opened
    const slot = await slotOf(opened, ({ remaining: places }) => places > 0)
    const one = accepted(await bookOne(opened, slot, 'a'))
    expect(one).toMatchObject({ kind: 'appointment', state: 'booked', cancellable: true, fee: slot.fee })
    expect(await port.appointments.status('a')).toEqual(one)
    expect(hospital.ledger.at(-1)).toMatchObject({ kind: 'payment', paymentNumber: 'PAYa' })
    const request = { appointmentId: one.appointmentId, reason: '临时有事' }
    for (const key of ['b', 'c'])
      expect(await port.appointments.cancel(request, key)).toMatchObject({ value: { state: 'cancelled' } })
    expect(hospital.ledger.at(-1)).toMatchObject({ kind: 'refund', paymentNumber: 'PAYa', amount: slot.fee })
    expect(hospital.ledger.filter(({ paymentNumber }) => paymentNumber === 'PAYa')).toHaveLength(2)
    expect(await remaining(opened, slot)).toBe(slot.remaining)
    expect(await port.appointments.list({ patid, ...DAYS })).toMatchObject([{ state: 'cancelled' }])
    expect(accepted(await bookOne(opened, slot, 'd')).queueNumber).not.toBe(one.queueNumber)
  })

  test('of today is a registration, which is paid beforehand', async () => {
    const opened = await openHospital()
    const slot = await slotOf(opened, ({ remaining: places }) => places > 0, { from: TODAY, to: TODAY })
    const { lockId } = accepted(
      await opened.port.appointments.lock({ slotId: slot.slotId, patid: opened.patid }, 'a'),
    )
    const unpaid = { lockId, patid: opened.patid, payment: undefined }
    expect(await opened.port.appointments.book(unpaid, 'b')).toMatchObject({ code: 'payment-required' })
    expect(accepted(await bookOne(opened, slot, 'c')).kind).toBe('same-day')
  })

  test('is not given twice for the same slot, and not for another price', async () => {
    const opened = await openHospital()
    const { port, patid } = opened
    const slot = await slotOf(opened, ({ remaining: places }) => places > 1)
    const { lockId } = accepted(await port.appointments.lock({ slotId: slot.slotId, patid }, 'a'))
    const payment = paidNow('PAY', slot.fee + 1)
    expect(await port.appointments.book({ lockId, patid, payment }, 'b')).toMatchObject({
      code: 'amount-changed',
    })
    accepted(await bookOne(opened, slot, 'c'))
    expect(await port.appointments.lock({ slotId: slot.slotId, patid }, 'd')).toMatchObject({
      code: 'duplicate',
    })
    expect(await port.appointments.cancel({ appointmentId: 'X', reason: '' }, 'e')).toMatchObject({
      code: 'appointment-unknown',
    })
  })

  test('cannot be cancelled once it began; unvisited it was missed the day after', async () => {
    const opened = await openHospital()
    const { port, hospital, clock, patid } = opened
    const slot = await slotOf(opened, ({ remaining: places }) => places > 1)
    const { appointmentId } = accepted(await bookOne(opened, slot, 'a'))
    const other = await opened.newPatient()
    const seen = accepted(await bookOne(opened, slot, 'b', other))
    clock.set(`${slot.day}T${slot.startsAt}:00+08:00`)
    expect(await port.appointments.cancel({ appointmentId, reason: '' }, 'c')).toMatchObject({
      code: 'too-late',
    })
    expect(hospital.markVisited(seen.appointmentId).state).toBe('visited')
    clock.set(`${slot.day}T23:59:59+08:00`)
    expect(hospital.appointmentsOf(patid)).toMatchObject([{ state: 'booked', cancellable: false }])
    clock.advance(1_000)
    expect(hospital.appointmentsOf(patid)).toMatchObject([{ state: 'missed' }])
    expect(hospital.appointmentsOf(other)).toMatchObject([{ state: 'visited' }])
    expect(() => hospital.markVisited('X')).toThrow(RangeError)
  })

  test('of the known people is there to show: visited, cancelled, missed, and one to come', async () => {
    const { hospital } = await openHospital()
    const states = ['P100001', 'P100003'].flatMap((patid) =>
      hospital.appointmentsOf(patid).map(({ state }) => state),
    )
    expect(new Set(states)).toEqual(new Set(['visited', 'cancelled', 'missed', 'booked']))
  })
})
