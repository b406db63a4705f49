import { DAY_MS, fen, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import type { HisFault, Slot } from '@zhangyi/his'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countVisitSuccesses } from '../../apps/server/src/visits/index.ts'
import { MORNING, openVisits, pay, TODAY, TOMORROW, type VisitsStack } from './visits-stack.ts'

// 挂缴查 over the whole way: our HTTP interface, the HIS over its wire, WeChat Pay with its signatures.
let stack: VisitsStack
beforeAll(async () => {
  stack = await openVisits()
}, 60_000)
afterAll(() => stack?.close())
afterEach(() => {
  stack.clearFaults()
  stack.clock.set(MORNING)
})

let serial = 0
const fault = (order: HisFault) => stack.his.faults.order(order)
/** Each test has its own people: nobody's orders are in the way of another test. */
async function visitor() {
  const user = await stack.signIn(`visitor-${++serial}`)
  const { patid } = stack.his.archives[20 + serial] ?? {}
  if (patid === undefined) throw new Error('no more archives')
  return { user, patid, patient: await user.link(patid) }
}
const DEPARTMENTS = ['D0101', 'D0102', 'D0103', 'D0104', 'D0201', 'D0202', 'D03', 'D04', 'D05', 'D07']
async function freeSlot(day = TOMORROW): Promise<Slot> {
  const slots = await stack.freeSlots(DEPARTMENTS[serial % DEPARTMENTS.length] ?? '', day)
  const slot = slots[serial % slots.length]
  if (!slot) throw new Error('no free slot')
  return slot
}
async function booked(day = TOMORROW) {
  const made = await visitor()
  const slot = await freeSlot(day)
  const { body: order } = await made.user.register(made.patient, slot)
  return { ...made, slot, order }
}
async function paidOrder(day = TOMORROW) {
  const made = await booked(day)
  await pay(stack, made.user, made.order.id)
  return made
}
const item = (name: string, amount: number) => ({
  ...{ name, specification: undefined, quantity: '1 次', amount: fen(amount) },
})

test('a patient looks for a department, a doctor and a time; what is over today is left out', async () => {
  const { user } = await visitor()
  const departments = await user.ask('GET', '/departments')
  expect(departments.body).toMatchObject({
    departments: expect.arrayContaining([
      expect.objectContaining({ id: 'D0103', name: '消化内科', parentId: 'D01', campus: expect.any(String) }),
    ]),
  })
  const doctors = await user.ask<{ doctors: object[] }>('GET', '/departments/D0103/doctors')
  expect(doctors.body.doctors).toHaveLength(3)
  const slotsOf = async (query: string) =>
    (await user.ask<{ slots: { day: string; endsAt: string }[] }>('GET', `/slots?departmentId=D0103${query}`))
      .body
  const all = await slotsOf('')
  expect(all).toMatchObject({ today: TODAY, lastDay: '2026-11-30' })
  expect(new Set(all.slots.map(({ day }) => day)).size).toBe(8)
  stack.clock.advance(4 * HOUR_MS)
  const today = await slotsOf(`&to=${TODAY}`)
  expect(today.slots.every(({ endsAt }) => endsAt > '11:30')).toBe(true)
  expect(await slotsOf('&from=2026-12-01')).toMatchObject({ slots: [] })
  expect(await user.ask('GET', '/slots?departmentId=D0103&from=tomorrow')).toMatchObject({ status: 400 })
})

describe('a patient', () => {
  test('books for another day: kept, paid, booked, and counted once as a use of the card', async () => {
    const { user, patid, patient, slot, order } = await booked()
    expect(order).toMatchObject({
      kind: 'appointment',
      state: 'to-pay',
      feeFen: slot.fee,
      cancellable: false,
    })
    expect((await user.register(patient, slot)).body.id, 'pressed twice').toBe(order.id)
    await pay(stack, user, order.id)
    expect((await user.paid(order.id)).body).toMatchObject({
      ...{ state: 'done', cancellable: true, refund: null },
      visit: { queueNumber: expect.any(String), location: expect.any(String), day: TOMORROW },
    })
    expect(await user.openPayment(order.id)).toMatchObject({ status: 200, body: { payment: null } })
    expect(await stack.usesOf(patient, '0101011')).toBe(1)
    expect(stack.his.appointmentsOf(patid)).toMatchObject([
      { kind: 'appointment', state: 'booked', fee: slot.fee, paymentNumber: expect.any(String) },
    ])
  })

  test('registers for today, and finds it among the records with the way back to the order', async () => {
    const { user, patid, patient, order } = await paidOrder(TODAY)
    expect((await user.paid(order.id)).body).toMatchObject({ kind: 'same-day', state: 'done' })
    expect(await stack.usesOf(patient, '0101012')).toBe(1)
    const records = await user.ask('GET', `/registrations?patientId=${patient}`)
    expect(records.body).toMatchObject({
      registrations: [{ kind: 'same-day', state: 'booked', orderId: order.id }],
    })
    expect(await stack.usesOf(patient, '0101013')).toBe(1)
    // Another user of the same archive sees it, too, but it is not theirs to cancel.
    const other = await stack.signIn(`visitor-${++serial}`)
    const theirs = await other.ask('GET', `/registrations?patientId=${await other.link(patid)}`)
    expect(theirs.body).toMatchObject({ registrations: [{ kind: 'same-day', orderId: null }] })
  })

  test('pays bills together, and finds them among the records', async () => {
    const { user, patid, patient } = await visitor()
    const drug = stack.his.addFee(patid, { title: '西药费', items: [item('药', 1_250)] })
    const lab = stack.his.addFee(patid, { title: '检验费', items: [item('血常规', 3_000)] })
    const order = await user.payBills(patient, drug.billId, lab.billId)
    expect(order.body).toMatchObject({
      ...{ kind: 'outpatient-fee', state: 'to-pay', feeFen: 4_250, title: '西药费等 2 项' },
      fee: { items: [{ amountFen: 1_250 }, { amountFen: 3_000 }] },
    })
    expect((await user.payBills(patient, lab.billId, drug.billId)).body.id, 'pressed twice').toBe(
      order.body.id,
    )
    const pending = () => user.ask('GET', `/fees?patientId=${patient}`)
    expect((await pending()).body).toMatchObject({
      bills: [{ orderId: order.body.id }, { orderId: order.body.id }],
    })
    await pay(stack, user, order.body.id)
    expect((await user.paid(order.body.id)).body).toMatchObject({
      ...{ state: 'done', cancellable: false },
      fee: { receiptNumber: expect.any(String), guidance: expect.stringContaining('药房') },
    })
    expect((await pending()).body).toEqual({ bills: [] })
    expect((await user.ask('GET', `/fees/paid?patientId=${patient}`)).body).toMatchObject({
      payments: [{ amountFen: 4_250, receiptNumber: expect.any(String) }],
    })
    expect(await stack.usesOf(patient, '0101051')).toBe(1)
    expect(await stack.usesOf(patient, '0101052')).toBe(1)
    expect((await user.ask('GET', `/orders?patientId=${patient}`)).body).toMatchObject({
      orders: [{ id: order.body.id, state: 'done' }],
    })
  })

  test('has no records: an empty list is an answer of the HIS, and a use of the card', async () => {
    const { user, patient } = await visitor()
    expect((await user.ask('GET', `/fees/paid?patientId=${patient}`)).body).toEqual({ payments: [] })
    expect((await user.ask('GET', `/registrations?patientId=${patient}`)).body).toEqual({ registrations: [] })
    expect([await stack.usesOf(patient, '0101052'), await stack.usesOf(patient, '0101013')]).toEqual([1, 1])
    fault({ kind: 'unavailable', operation: 'fees.paid', times: 1 })
    stack.clock.advance(HOUR_MS)
    expect(await user.ask('GET', `/fees/paid?patientId=${patient}`)).toMatchObject({
      ...{ status: 503, body: { code: 'his-unavailable' } },
    })
    expect(await stack.usesOf(patient, '0101052'), 'no answer is no use').toBe(1)
  })

  test('sees and touches nobody else’s orders and patients', async () => {
    const { patient, order } = await booked()
    const { user: stranger, patient: own } = await visitor()
    for (const [method, path] of [
      ['GET', `/orders/${order.id}`],
      ['POST', `/orders/${order.id}/payment`],
      ['POST', `/orders/${order.id}/paid`],
      ['POST', `/orders/${order.id}/cancel`],
      ['DELETE', `/orders/${order.id}`],
    ] as const)
      expect(await stranger.ask(method, path)).toMatchObject({
        status: 404,
        body: { code: 'order-not-yours' },
      })
    const foreign = { status: 404, body: { code: 'patient-not-yours' } }
    for (const path of ['/orders', '/registrations', '/fees', '/fees/paid'])
      expect(await stranger.ask('GET', `${path}?patientId=${patient}`)).toMatchObject(foreign)
    expect(await stranger.register(patient, await freeSlot())).toMatchObject(foreign)
    expect(await stranger.payBills(patient, 'JF1')).toMatchObject(foreign)
    expect(await stack.stateOf(order.id)).toBe('to-pay')
    const audit = await stack.look(
      `SELECT FROM audit_entry WHERE action = 'visits.not-yours' AND subject = '${order.id}'`,
    )
    expect(audit).toHaveLength(5)
    expect(await stranger.payBills(own, 'JF-of-nobody')).toMatchObject({ body: { code: 'bills-changed' } })
  })
})

describe('a slot', () => {
  test('whose time to pay is over goes back, and the order says so', async () => {
    const { user, patid, slot, order } = await booked()
    await user.openPayment(order.id)
    const { remaining } = slot
    stack.clock.set(Date.parse(order.expiresAt ?? '') + 1_000)
    expect(await user.openPayment(order.id)).toMatchObject({ status: 410, body: { code: 'order-expired' } })
    await stack.until(order.id, 'closed')
    expect(await user.order(order.id)).toMatchObject({ state: 'closed', expiresAt: null, refund: null })
    const [after] = (await stack.freeSlots(slot.departmentId, slot.day)).filter(
      (one) => one.slotId === slot.slotId,
    )
    expect(after?.remaining).toBe(remaining)
    expect(stack.his.appointmentsOf(patid)).toEqual([])
    expect(await stack.paymentsOf(order.id)).toMatchObject([{ state: 'closed' }])
  })

  test('that was given up goes back at once where no payment was opened, and can be taken again', async () => {
    const { user, patient, slot, order } = await booked()
    expect((await user.giveUp(order.id)).body).toMatchObject({ state: 'closed' })
    expect(await stack.stateOf(order.id)).toBe('closed')
    const again = await user.register(patient, slot)
    expect(again).toMatchObject({ status: 200, body: { state: 'to-pay' } })
    expect(again.body.id).not.toBe(order.id)
  })

  test('that was given up and paid all the same is booked: the money was on its way', async () => {
    const { user, order } = await booked()
    await user.openPayment(order.id)
    expect((await user.giveUp(order.id)).body.state).toBe('closed')
    const [payment] = await stack.paymentsOf(order.id)
    await stack.act('pay-order', { outTradeNo: payment?.out_trade_no })
    await stack.until(order.id, 'done')
    expect(await stack.refundsOf(order.id)).toEqual([])
  })

  test('has one last place for two: one gets it, the other hears what to do', async () => {
    const first = await visitor()
    const second = await visitor()
    const slots = await Promise.all(DEPARTMENTS.map((one) => stack.freeSlots(one, '2026-11-25')))
    const slot = slots.flat().find(({ remaining }) => remaining === 1)
    if (!slot) throw new Error('no slot with one place')
    const answers = await Promise.all(
      [first, second].map(({ user, patient }) => user.register(patient, slot)),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'slot-taken' })
  })

  test('is one order for one archive, also when two users hold it and press at once', async () => {
    const { user, patid, patient } = await visitor()
    const other = await stack.signIn(`visitor-${++serial}`)
    const theirs = await other.link(patid)
    const slot = await freeSlot()
    const answers = await Promise.all([user.register(patient, slot), other.register(theirs, slot)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'order-under-way' })
  })

  test('whose lock nobody heard of is had by pressing again, or given back if nobody does', async () => {
    const { user, patient } = await visitor()
    const slot = await freeSlot()
    fault({ kind: 'reply-lost', operation: 'appointments.lock', times: 1 })
    expect(await user.register(patient, slot)).toMatchObject({
      status: 503,
      body: { code: 'his-unavailable' },
    })
    expect((await user.ask('GET', `/orders?patientId=${patient}`)).body).toEqual({ orders: [] })
    const { body: order } = await user.register(patient, slot)
    expect(order.state).toBe('to-pay')
    await user.giveUp(order.id)

    fault({ kind: 'reply-lost', operation: 'appointments.lock', times: 1 })
    await user.register(patient, slot)
    await stack.later(3 * MINUTE_MS)
    const [after] = (await stack.freeSlots(slot.departmentId, slot.day)).filter(
      (one) => one.slotId === slot.slotId,
    )
    expect(after?.remaining).toBe(slot.remaining)
  })

  test('pressed twice at once is one order', async () => {
    const { user, patient } = await visitor()
    const slot = await freeSlot()
    const [one, other] = await Promise.all([user.register(patient, slot), user.register(patient, slot)])
    expect([one.status, other.status]).toEqual([200, 200])
    expect(one.body.id).toBe(other.body.id)
  })

  test('can be held unpaid only so many times by one user', async () => {
    const { user, patient } = await visitor()
    const slots = await stack.freeSlots('D0203', '2026-11-26')
    const answers = []
    for (const slot of slots.slice(0, 4)) answers.push(await user.register(patient, slot))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 409])
    expect(answers[3]?.body).toMatchObject({ code: 'too-many-unpaid' })
  })
})

describe('paid, and the HIS', () => {
  test('refuses: the whole fee goes back, once', async () => {
    const { user, patient, slot, order } = await paidOrder()
    fault({ kind: 'refused', operation: 'appointments.book', times: 1 })
    const refused = await user.paid(order.id)
    expect(refused.body).toMatchObject({
      state: 'refunding',
      refund: { amountFen: slot.fee, state: 'under-way' },
    })
    await user.paid(order.id)
    await stack.until(order.id, 'refunded')
    expect(await user.order(order.id)).toMatchObject({ state: 'refunded', refund: { state: 'done' } })
    expect(await stack.refundsOf(order.id)).toMatchObject([{ state: 'done', amount_fen: String(slot.fee) }])
    expect(await stack.usesOf(patient, '0101011')).toBe(0)
  })

  test('books, but the answer is lost: found by a query, booked once, nothing goes back', async () => {
    const { user, patid, patient, order } = await paidOrder()
    fault({ kind: 'reply-lost', operation: 'appointments.book', times: 1 })
    expect((await user.paid(order.id)).body).toMatchObject({ state: 'done' })
    expect(stack.his.appointmentsOf(patid)).toHaveLength(1)
    expect(await stack.refundsOf(order.id)).toEqual([])
    expect(await stack.usesOf(patient, '0101011')).toBe(1)
  })

  test('is down for hours: waits for its word, and is neither asked twice nor refunded', async () => {
    const { user, patid, order } = await paidOrder('2026-11-27')
    fault({ kind: 'reply-lost', operation: 'appointments.book', times: 1 })
    fault({ kind: 'unavailable', operation: 'appointments.status' })
    expect((await user.paid(order.id)).body).toMatchObject({ state: 'confirming', refund: null })
    for (let hour = 0; hour < 5; hour++) await stack.later(HOUR_MS)
    expect(await user.order(order.id)).toMatchObject({ state: 'confirming', refund: null })
    expect(await user.cancel(order.id)).toMatchObject({ status: 409, body: { code: 'order-wrong-step' } })
    stack.clearFaults()
    await stack.until(order.id, 'done')
    expect(stack.his.appointmentsOf(patid)).toHaveLength(1)
    expect(await stack.refundsOf(order.id)).toEqual([])
  })

  test('never got the question: not before some time, then the money goes back', async () => {
    const { user, order } = await paidOrder()
    fault({ kind: 'unavailable', operation: 'appointments.book', times: 1 })
    expect((await user.paid(order.id)).body).toMatchObject({ state: 'confirming' })
    await stack.runDue()
    expect(await stack.stateOf(order.id), 'a HIS at work may deny what it is about to do').toBe('posting')
    await stack.until(order.id, 'refunded')
    expect(await stack.refundsOf(order.id)).toHaveLength(1)
  })

  test('calls it a duplicate: a query tells', async () => {
    const { user, patid, order } = await paidOrder()
    fault({ kind: 'duplicate', operation: 'appointments.book', times: 1 })
    expect((await user.paid(order.id)).body).toMatchObject({ state: 'done' })
    expect(stack.his.appointmentsOf(patid)).toHaveLength(1)
  })

  test('hears of it by callback, page and work at once: booked once, counted once', async () => {
    const { user, patid, patient, order } = await paidOrder()
    await Promise.all([
      ...[stack.act('deliver-due'), user.paid(order.id), user.paid(order.id), stack.runDue()],
      stack.runDue(),
    ])
    await stack.until(order.id, 'done')
    expect(stack.his.appointmentsOf(patid)).toHaveLength(1)
    expect(await stack.usesOf(patient, '0101011')).toBe(1)
    expect(await stack.refundsOf(order.id)).toEqual([])
  })

  test('had the bill changed by a doctor meanwhile: all of it goes back, and the bill is free again', async () => {
    const { user, patid, patient } = await visitor()
    const bill = stack.his.addFee(patid, { items: [item('药', 1_000)] })
    const { body: order } = await user.payBills(patient, bill.billId)
    await pay(stack, user, order.id)
    stack.his.changeFee(bill.billId, [item('药', 1_200)])
    expect((await user.paid(order.id)).body).toMatchObject({
      state: 'refunding',
      refund: { amountFen: 1_000 },
    })
    await stack.until(order.id, 'refunded')
    expect(await stack.usesOf(patient, '0101051')).toBe(0)
    expect((await user.payBills(patient, bill.billId)).body).toMatchObject({ state: 'to-pay', feeFen: 1_200 })
  })

  test('and WeChat cannot give it back: the order says that a person will', async () => {
    const { user, order } = await paidOrder()
    fault({ kind: 'refused', operation: 'appointments.book', times: 1 })
    stack.sandbox.simulators['wechat-pay']?.faults.order({ kind: 'refund-abnormal', times: 1 })
    await user.paid(order.id)
    for (let round = 0; round < 10; round++) await stack.later(10 * MINUTE_MS)
    expect(await user.order(order.id)).toMatchObject({
      ...{ state: 'refunding', refund: { state: 'needs-person' }, message: expect.stringContaining('财务') },
    })
  })
})

test('an order that cannot be worked on stops no other one, and is worked on once it can be', async () => {
  const broken = await paidOrder()
  const sound = await paidOrder()
  await stack.act('deliver-due')
  const payments = stack.app.work.find(({ name }) => name.startsWith('payments.'))
  await payments?.runDue(stack.clock, 100)
  expect([await stack.stateOf(broken.order.id), await stack.stateOf(sound.order.id)]).toEqual([
    'paid',
    'paid',
  ])
  await stack.look(`UPDATE visit_order SET fee_fen = fee_fen + 1 WHERE id = '${broken.order.id}'`)
  await stack.runDue()
  expect([await stack.stateOf(broken.order.id), await stack.stateOf(sound.order.id)]).toEqual([
    'paid',
    'done',
  ])
  expect(stack.logLines.some((line) => line.includes('work on a visit failed'))).toBe(true)
  await stack.look(`UPDATE visit_order SET fee_fen = fee_fen - 1 WHERE id = '${broken.order.id}'`)
  await stack.until(broken.order.id, 'done')
})

test('what the room counts of a day by itself is what was counted as uses of cards', async () => {
  const { user, patient } = await visitor()
  await user.ask('GET', `/fees?patientId=${patient}`)
  const day = {
    fromMs: Date.parse(`${TODAY}T00:00:00+08:00`),
    toMs: Date.parse(`${TOMORROW}T00:00:00+08:00`),
  }
  const counted = await stack.at.database.inTransaction(stack.hospital.id, (tx) =>
    countVisitSuccesses(tx, day),
  )
  const events = await stack.look<{ scene: string; count: string }>(
    'SELECT scene, count(*) FROM usage_event GROUP BY scene',
  )
  const SCENES = {
    'book-appointment': '0101011',
    'register-same-day': '0101012',
    'list-registrations': '0101013',
  }
  for (const [act, scene] of Object.entries({
    ...{ ...SCENES, 'pay-outpatient-fee': '0101051', 'list-paid-fees': '0101052' },
  })) {
    const stored = Number(events.find((one) => one.scene === scene)?.count ?? 0)
    expect(counted.find((one) => one.act === act)?.count ?? 0, act).toBe(stored)
  }
  // Not a scene that is reported by default, and counted all the same.
  expect(counted.find(({ act }) => act === 'list-pending-fees')?.count).toBeGreaterThan(0)
})

test('a bill in somebody’s unfinished payment cannot be paid by somebody else', async () => {
  const { user, patid, patient } = await visitor()
  const bill = stack.his.addFee(patid, { items: [item('药', 500)] })
  const { body: order } = await user.payBills(patient, bill.billId)
  const other = await stack.signIn(`visitor-${++serial}`)
  const theirs = await other.link(patid)
  expect(await other.payBills(theirs, bill.billId)).toMatchObject({
    status: 409,
    body: { code: 'order-under-way' },
  })
  expect((await other.ask('GET', `/fees?patientId=${theirs}`)).body).toMatchObject({
    bills: [{ orderId: null }],
  })
  await user.giveUp(order.id)
  expect(await other.payBills(theirs, bill.billId)).toMatchObject({ status: 200 })
})

describe('a patient who cancels', () => {
  async function done(day?: string) {
    const made = await paidOrder(day)
    expect((await made.user.paid(made.order.id)).body.state).toBe('done')
    return made
  }

  test('twice at once: the place goes back once, and the fee goes back once', async () => {
    const { user, patid, slot, order } = await done()
    const answers = await Promise.all([user.cancel(order.id), user.cancel(order.id)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await user.cancel(order.id)).body).toMatchObject({ state: 'cancelling', cancellable: false })
    await stack.until(order.id, 'cancelled')
    expect(await user.order(order.id)).toMatchObject({
      state: 'cancelled',
      refund: { state: 'done', amountFen: slot.fee },
    })
    expect(await stack.refundsOf(order.id)).toHaveLength(1)
    expect(stack.his.appointmentsOf(patid)).toMatchObject([{ state: 'cancelled' }])
  })

  test('and the answer is lost: no fen goes back before the HIS says yes', async () => {
    const { user, order } = await done()
    fault({ kind: 'unavailable', operation: 'appointments.cancel', times: 1 })
    fault({ kind: 'unavailable', operation: 'appointments.status', times: 2 })
    expect((await user.cancel(order.id)).body).toMatchObject({ state: 'cancelling', refund: null })
    await stack.later(MINUTE_MS)
    expect(await user.order(order.id)).toMatchObject({ state: 'cancelling', refund: null })
    await stack.until(order.id, 'cancelled')
    expect(await stack.refundsOf(order.id)).toHaveLength(1)
  })

  test('after having been seen: keeps it, hears why, and may ask again', async () => {
    const { user, patid, order } = await done(TODAY)
    const [appointment] = stack.his.appointmentsOf(patid)
    stack.his.markVisited(appointment?.appointmentId ?? '')
    for (const round of [1, 2])
      expect(await user.cancel(order.id), String(round)).toMatchObject({
        status: 409,
        body: { code: 'cancel-refused' },
      })
    expect(await user.order(order.id)).toMatchObject({
      ...{ state: 'done', refund: null, message: expect.stringContaining('没有受理退号') },
    })
    expect(await stack.refundsOf(order.id)).toEqual([])
  })

  test('too late: the HIS is not even asked', async () => {
    const { user, order } = await done()
    stack.clock.advance(2 * DAY_MS)
    expect(await user.cancel(order.id)).toMatchObject({ status: 409, body: { code: 'cancel-refused' } })
    expect(await user.order(order.id)).toMatchObject({ state: 'done', cancellable: false })
  })
})
