import { ALL_OPERATIONS } from '@zhangyi/his'
import { describe, expect, test } from 'vitest'
import { pathOf } from './build-his-rest-simulator.ts'
import { testRestHis } from './test-rest-his.ts'

const LI = 'P100001'
const YEARS = { from: '2020-01-01', to: '2026-12-31' }
const PAID_AT = '2026-11-23T09:00:00+08:00'

test('every operation has its address; any other is 404', async () => {
  const { send } = testRestHis()
  for (const [operation] of ALL_OPERATIONS) {
    if (operation === 'probe') continue
    expect((await send('POST', pathOf(operation), '{}')).statusCode, operation).not.toBe(404)
  }
  expect((await send('POST', '/archives/remove', '{}')).json()).toMatchObject({ code: 'UNKNOWN_OPERATION' })
})

test('archives: found, made once, key reused, duplicate, guardian', async () => {
  const { ask } = testRestHis()
  const found = await ask('archives/find', {
    ...{ idType: '01', idNumbers: ['330106196207184028', '330106620718402'], name: '孙桂珍' },
  })
  expect(found).toMatchObject({ code: 'OK', data: [{}, {}, { idNumber: '330106620718402' }] })
  expect(found.data[2]).not.toHaveProperty('visitCardNumber')
  const person = {
    ...{ name: '王芳', idType: '01', idNumber: '330102199211084220', gender: '女', birthday: '1992-11-08' },
    ...{ phone: '13800000000', verified: true },
  }
  const made = await ask('archives/create', person, 'k1')
  expect(made).toMatchObject({ code: 'OK', data: { name: '王芳' } })
  expect(await ask('archives/create', { ...person, nation: null }, 'k1')).toEqual(made)
  expect(await ask('archives/create', { ...person, phone: '13800000009' }, 'k1')).toMatchObject({
    code: 'KEY_REUSED',
  })
  expect(await ask('archives/create', person, 'k2')).toMatchObject({ code: 'DUPLICATE' })
  expect(
    await ask('archives/create', { ...person, name: '周小满', birthday: '2020-11-08' }, 'k3'),
  ).toMatchObject({ code: 'REFUSED', detailCode: 'guardian-required' })
  const card = { patid: made.data.patid, healthCardId: 'C1', qrCodeText: 'C1:1' }
  expect(await ask('cards/bind', card, 'k4')).toEqual({ code: 'OK', data: null })
  expect(await ask('cards/bind', { ...card, patid: 'P0' }, 'k5')).toMatchObject({
    ...{ code: 'REFUSED', detailCode: 'patid-unknown' },
  })
})

test('archives: phone and address are changed once a key, the rest stays', async () => {
  const { ask } = testRestHis()
  const update = (change: object, key: string) => ask('archives/update', { patid: LI, ...change }, key)
  const changed = await update({ phone: '13800000211' }, 'u1')
  expect(changed).toMatchObject({ code: 'OK', data: { patid: LI, phone: '13800000211', name: '李明华' } })
  expect(changed.data.address).toContain('延安路')
  expect(await update({ phone: '13800000212' }, 'u1')).toMatchObject({ code: 'KEY_REUSED' })
  expect((await update({ address: '新街 1 号', phone: null }, 'u2')).data).toMatchObject({
    ...{ phone: '13800000211', address: '新街 1 号' },
  })
  expect(await update({ phone: '13800000211' }, 'u1')).toEqual(changed)
  expect(await update({ patid: 'P0', phone: '1' }, 'u3')).toMatchObject({ code: 'NOT_FOUND' })
})

test('money carries fen in its names, in and out', async () => {
  const { ask } = testRestHis()
  const balance = async () => (await ask('balances/of', { patid: LI })).data
  expect(await balance()).toEqual({
    ...{ patid: LI, totalFen: 80_000, availableFen: 80_000, refundableFen: 80_000 },
  })
  const held = await ask('deposits/hold', { patid: LI, amountFen: 1_250 }, 'h1')
  expect(held.data).toMatchObject({ amountFen: 1_250, state: 'held' })
  expect((await balance()).availableFen).toBe(78_750)
  const { holdId } = held.data
  const paid = { holdId, amountFen: 1_250, refundNumber: 'TK1', paidAt: PAID_AT }
  expect((await ask('deposits/confirm', paid, 'c1')).data.state).toBe('confirmed')
  expect(await ask('deposits/release', { holdId, amountFen: 1_250, reason: '失败' }, 'r1')).toMatchObject({
    ...{ code: 'REFUSED', detailCode: 'already-confirmed' },
  })
  expect((await ask('deposits/status', { forRequestKey: 'h1' })).data.state).toBe('confirmed')
  expect(await ask('deposits/status', { forRequestKey: 'h2' })).toEqual({ code: 'OK', data: null })
  const page = (await ask('bills/page', { day: '2026-11-23' })).data
  expect(page.rows).toContainEqual(expect.objectContaining({ kind: 'refund', amountFen: 1_250 }))
  const recharges = (await ask('balances/recharges', { patid: LI, ...YEARS })).data
  for (const one of recharges)
    expect(Object.keys(one)).toEqual(expect.arrayContaining(['amountFen', 'refundedFen']))
})

test('a visit from slot to cancellation', async () => {
  const { ask } = testRestHis()
  const query = { departmentId: 'D0101', from: '2026-11-24', to: '2026-11-26' }
  const slots = (await ask('schedules/slots', query)).data as {
    slotId: string
    feeFen: number
    remaining: number
  }[]
  const slot = slots.find(({ remaining }) => remaining > 0)
  const lock = (await ask('appointments/lock', { slotId: slot?.slotId, patid: LI }, 'l1')).data
  expect(lock.feeFen).toBe(slot?.feeFen)
  const payment = { paymentNumber: 'ZY1', channelNumber: '42', amountFen: lock.feeFen, paidAt: PAID_AT }
  const booked = await ask('appointments/book', { lockId: lock.lockId, patid: LI, payment }, 'b1')
  expect(booked).toMatchObject({ code: 'OK', data: { state: 'booked', feeFen: lock.feeFen } })
  expect((await ask('appointments/status', { forRequestKey: 'b1' })).data).toEqual(booked.data)
  const { appointmentId } = booked.data
  const cancelled = await ask('appointments/cancel', { appointmentId, reason: '临时有事' }, 'x1')
  expect(cancelled.data.state).toBe('cancelled')
  expect((await ask('appointments/list', { patid: LI, ...YEARS })).data).toContainEqual(cancelled.data)
  expect(await ask('appointments/unlock', { lockId: 'none' }, 'u1')).toMatchObject({ code: 'OK' })
})

test('fees and reports, nested amounts included', async () => {
  const { ask } = testRestHis()
  const [bill] = (await ask('fees/pending', { patid: LI })).data
  expect(bill.items[0].amountFen).toBeGreaterThan(0)
  const payment = { paymentNumber: 'ZY2', channelNumber: '43', amountFen: bill.amountFen, paidAt: PAID_AT }
  const posted = await ask('fees/post', { patid: LI, billIds: [bill.billId], payment }, 'p1')
  expect(posted.data).toMatchObject({ billIds: [bill.billId], amountFen: bill.amountFen })
  expect((await ask('fees/status', { forRequestKey: 'p1' })).data).toEqual(posted.data)
  const short = { ...payment, paymentNumber: 'ZY3', amountFen: 1 }
  const [next] = (await ask('fees/pending', { patid: LI })).data
  expect(await ask('fees/post', { patid: LI, billIds: [next.billId], payment: short }, 'p2')).toMatchObject({
    ...{ code: 'REFUSED', detailCode: 'amount-changed' },
  })
  const [lab] = (await ask('reports/list', { kind: 'lab', patid: LI, ...YEARS })).data
  const { reportId } = lab
  expect((await ask('reports/detail', { kind: 'lab', patid: LI, reportId })).data).toMatchObject(lab)
  expect(await ask('reports/detail', { kind: 'lab', patid: 'P100002', reportId })).toMatchObject({
    ...{ code: 'NOT_FOUND', detailCode: 'not-found' },
  })
})

test('a single-step hospital offers deductions instead of deposits, and says so', async () => {
  const { ask, simulator } = testRestHis()
  const deduct = () => ask('deductions/deduct', { patid: LI, amountFen: 100, refundNumber: 'TK1' }, 'd1')
  expect(await deduct()).toMatchObject({ code: 'REFUSED', detailCode: 'not-offered' })
  expect(simulator.credentials['groups']).toContain('deposits')
  simulator.actions['hospital']?.({ refunds: 'single-step-without-reversal' })
  expect((await deduct()).data).toMatchObject({ state: 'deducted', amountFen: 100 })
  const { deductionId } = (await ask('deductions/status', { forRequestKey: 'd1' })).data
  expect(
    await ask('deductions/reverse', { deductionId, amountFen: 100, reason: '失败' }, 'd2'),
  ).toMatchObject({ detailCode: 'not-offered' })
  expect(simulator.credentials['groups']).toEqual(expect.not.arrayContaining(['deposits']))
})

describe('bad input is 400 and names the field', () => {
  test.each([
    ['no JSON', 'deposits/hold', '{"input":', '请求体'],
    ['no key', 'deposits/hold', '{"input":{"patid":"P1","amountFen":1}}', 'requestKey'],
    [
      'a key that is too long',
      'deposits/hold',
      `{"input":{},"requestKey":"${'k'.repeat(129)}"}`,
      'requestKey',
    ],
    [
      'yuan',
      'deposits/hold',
      '{"input":{"patid":"P1","amountFen":12.5},"requestKey":"k"}',
      'input.amountFen',
    ],
    [
      'text',
      'deposits/hold',
      '{"input":{"patid":"P1","amountFen":"100"},"requestKey":"k"}',
      'input.amountFen',
    ],
    ['no unit', 'deposits/hold', '{"input":{"patid":"P1","amount":100},"requestKey":"k"}', 'amountFen'],
    [
      'below nothing',
      'deposits/hold',
      '{"input":{"patid":"P1","amountFen":-1},"requestKey":"k"}',
      'input.amountFen',
    ],
    ['no patid', 'balances/of', '{"input":{}}', 'input.patid'],
    ['no such day', 'bills/page', '{"input":{"day":"2026-02-30"}}', 'input.day'],
    [
      'half a payment',
      'appointments/book',
      '{"input":{"lockId":"L","patid":"P1","payment":{"paymentNumber":"1"}},"requestKey":"k"}',
      'input.payment.channelNumber',
    ],
  ])('%s', async (_name, path, body, field) => {
    const { send } = testRestHis()
    const reply = await send('POST', `/${path}`, body)
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'BAD_REQUEST', reason: expect.stringContaining(field) })
  })

  test('members that this HIS does not know are ignored', async () => {
    const { ask } = testRestHis()
    expect(await ask('balances/of', { patid: LI, later: { more: true } })).toMatchObject({ code: 'OK' })
  })
})
