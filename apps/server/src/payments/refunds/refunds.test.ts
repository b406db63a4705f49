import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'

let rig: PaymentsRig
beforeAll(async () => {
  rig = await startPaymentsRig()
})
beforeEach(async () => {
  rig.simulator.faults.clear()
  await rig.act('set-balance', { account: 'BASIC', amountFen: 1_000_000 })
})
afterAll(() => rig.stop())

async function paidOrder(amountFen = 5_000, person?: string) {
  const order = await rig.newOrder(amountFen, 15, person)
  await rig.open(order)
  await rig.pay(order)
  return rig.settle(order)
}

/** What the simulator's books say was paid back, over all numbers that this refund ever had. */
async function paidBack(order: { readonly id: string }) {
  const numbers = (await rig.attempts(order)).map(({ number }) => number)
  const { refundedPerOutRefundNo, violations } = await rig.prove()
  expect(violations).toEqual([])
  return numbers.flatMap((number) => refundedPerOutRefundNo[number] ?? [])
}

const refundAttempts = async (order: { readonly id: string }) =>
  (await rig.attempts(order)).filter(({ number }) => number.startsWith('R'))

test('a refund is accepted, queried, and done: told once, with where the money went', async () => {
  const order = await paidOrder()
  const refund = await rig.refund(order, 2_000, 'one')
  expect((await rig.refund(order, 2_000, 'one')).id).toBe(refund.id)
  await rig.run()
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'under-way' })
  await rig.pass(2 * MINUTE_MS, 10_000)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'done', account: '支付用户零钱' })
  expect(rig.toldOf(refund)).toEqual(['refund done'])
  expect(await paidBack(order)).toEqual([2_000])
})

test('no more goes back than was paid, whatever became of the first; nothing of an order that is not paid', async () => {
  const order = await paidOrder(5_000)
  await rig.refund(order, 3_000)
  await expect(rig.refund(order, 2_001)).rejects.toMatchObject({ code: 'payment-refused' })
  await expect(rig.refund(await rig.newOrder(), 1)).rejects.toMatchObject({ code: 'payment-refused' })
  const both = await Promise.allSettled([rig.refund(order, 1_500), rig.refund(order, 1_500)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await rig.pass(5 * MINUTE_MS, 20_000)
  expect((await paidBack(order)).sort()).toEqual([1_500, 3_000])
})

test('whatever happens to the sending: one number, the same bytes, paid back once', async () => {
  const kinds = ['reply-lost', 'http-500-after', 'system-error-after', 'bad-signature', 'malformed-json']
  const refunds = []
  for (const kind of [...kinds, 'http-500', 'reset', 'frequency', 'signtest-response']) {
    const order = await paidOrder()
    const refund = await rig.refund(order, 5_000)
    rig.fault(kind, 'create-refund')
    rig.fault('not-found-window', 'create-refund', 1, { delayMs: 20_000 })
    await rig.run()
    rig.simulator.faults.clear()
    refunds.push({ kind, order, refund })
  }
  await rig.pass(4 * MINUTE_MS, 15_000)
  for (const { kind, order, refund } of refunds) {
    expect(await rig.refundOf(refund), kind).toMatchObject({ state: 'done' })
    expect(await refundAttempts(order), kind).toHaveLength(1)
    expect(await paidBack(order), kind).toEqual([5_000])
    const bodies = rig
      .calls('create-refund')
      .map(({ request }) => JSON.stringify((request as { body: object }).body))
      .filter((body) => body.includes(order.outTradeNo))
    expect(new Set(bodies).size, kind).toBe(1)
  }
})

test('without funds the same number waits for the top-up', async () => {
  const order = await paidOrder()
  await rig.act('set-balance', { account: 'BASIC', amountFen: 0 })
  const refund = await rig.refund(order, 5_000)
  await rig.pass(20 * MINUTE_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'under-way' })
  expect(await refundAttempts(order)).toMatchObject([{ state: 'unknown', last_problem: 'NOT_ENOUGH' }])
  await rig.act('set-balance', { account: 'BASIC', amountFen: 1_000_000 })
  await rig.pass(2 * HOUR_MS, 10 * MINUTE_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'done' })
  expect(await refundAttempts(order)).toHaveLength(1)
  expect(await paidBack(order)).toEqual([5_000])
})

test('CLOSED: another number only after the query said so, linked to the first; paid back once', async () => {
  const order = await paidOrder()
  const refund = await rig.refund(order, 5_000)
  rig.fault('refund-closed', 'create-refund')
  rig.fault('notify-late', 'REFUND.CLOSED', 1, { delayMs: 40 * MINUTE_MS })
  await rig.run()
  rig.clock.advance(MINUTE_MS)
  rig.fault('http-502', 'query-refund')
  await rig.run()
  expect(await refundAttempts(order)).toHaveLength(1)
  await rig.pass(20 * MINUTE_MS, 30_000)
  const [first, second, ...more] = await refundAttempts(order)
  expect([first, second]).toMatchObject([
    { queried_state: 'CLOSED' },
    { queried_state: 'SUCCESS', replaces: (first as { id?: string }).id },
  ])
  expect([second?.number === first?.number, more]).toEqual([false, []])
  // The closing of the first number, told late, says nothing against the second.
  rig.clock.advance(HOUR_MS)
  await rig.deliver()
  await rig.run()
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'done' })
  expect(rig.toldOf(refund)).toEqual(['refund done'])
  expect(await paidBack(order)).toEqual([5_000])
})

test('closed again and again: after five numbers a person decides', async () => {
  const order = await paidOrder()
  const refund = await rig.refund(order, 5_000)
  rig.fault('refund-closed', 'create-refund', 99)
  await rig.pass(12 * HOUR_MS, 30 * MINUTE_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'needs-person' })
  expect(await refundAttempts(order)).toHaveLength(5)
  expect(rig.toldOf(refund)).toEqual(['refund needs-person'])
  expect(await paidBack(order)).toEqual([])
})

test('ABNORMAL needs a person and is never replaced; mended in the console, it is done', async () => {
  const order = await paidOrder()
  const refund = await rig.refund(order, 5_000)
  rig.fault('refund-abnormal', 'create-refund')
  await rig.pass(HOUR_MS, 10 * MINUTE_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'needs-person' })
  await rig.pass(DAY_MS, 6 * HOUR_MS)
  expect(await refundAttempts(order)).toMatchObject([{ queried_state: 'ABNORMAL', sendings: 1 }])
  expect(await paidBack(order)).toEqual([])
  const { client } = rig
  const found = await client.queryRefund(String((await refundAttempts(order))[0]?.number))
  if (found === 'not-found') throw new Error('no refund')
  const mended = client.prepareAbnormalRefund({
    ...{ refundId: found.refundId, outRefundNo: found.outRefundNo, to: { type: 'MERCHANT_BANK_CARD' } },
  })
  await client.sendAbnormalRefund(mended, { attempt: 1 })
  await rig.pass(3 * DAY_MS, 6 * HOUR_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'done' })
  expect(rig.toldOf(refund)).toEqual(['refund needs-person', 'refund done'])
})

test('refused for good: a person, after a query that finds nothing, and no second sending', async () => {
  const order = await paidOrder()
  const refund = await rig.refund(order, 5_000)
  rig.fault('user-account-abnormal', 'create-refund', 99)
  await rig.pass(10 * MINUTE_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'needs-person' })
  expect(await refundAttempts(order)).toMatchObject([{ sendings: 1, last_problem: 'USER_ACCOUNT_ABNORMAL' }])
})

test('a refund that a person was told of is looked at rarely: it was asked for every three minutes for ever', async () => {
  const order = await paidOrder()
  const refund = await rig.refund(order, 5_000)
  rig.fault('user-account-abnormal', 'create-refund', 99)
  await rig.pass(10 * MINUTE_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'needs-person' })
  const [{ number } = { number: '' }] = await refundAttempts(order)
  const asked = () =>
    rig.calls('query-refund').filter(({ request }) => JSON.stringify(request).includes(number))
  const before = asked().length
  await rig.pass(DAY_MS, HOUR_MS)
  expect(asked().length - before).toBeLessThan(8)
})

test('after a change of merchant nothing is sent in the new one’s name: not found there says nothing', async () => {
  const order = await paidOrder()
  const waiting = await rig.newOrder()
  await rig.open(waiting)
  const refund = await rig.refund(order, 5_000)
  const [hospital] = rig.room.hospitals.all
  if (!hospital?.wechatPay) throw new Error('no merchant')
  const { mchid } = hospital.wechatPay
  try {
    Object.assign(hospital.wechatPay, { mchid: '1900000001' })
    await rig.pass(2 * HOUR_MS, 10 * MINUTE_MS)
    expect(await rig.refundOf(refund)).toMatchObject({ state: 'needs-person' })
    expect(await refundAttempts(order)).toEqual([])
    expect(await rig.find(waiting)).toMatchObject({ state: 'awaiting' })
  } finally {
    Object.assign(hospital.wechatPay, { mchid })
  }
  await rig.pass(2 * HOUR_MS, HOUR_MS)
  expect(await rig.find(waiting)).toMatchObject({ state: 'closed' })
})

test('a channel that is not permitted yet is no refusal of this refund: the same number once it is', async () => {
  const order = await paidOrder()
  const refund = await rig.refund(order, 5_000)
  rig.fault('no-auth', 'create-refund', 3)
  await rig.pass(HOUR_MS, 5 * MINUTE_MS)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'done' })
  expect(await refundAttempts(order)).toHaveLength(1)
})

test('the database permits no second live attempt, and no other number beside one that succeeded', async () => {
  const order = await paidOrder()
  await rig.refund(order, 5_000)
  await rig.pass(5 * MINUTE_MS, 30_000)
  await expect(
    rig.asOwner(
      `INSERT INTO payment_attempt
         (hospital_id, id, payment_order_id, refund_id, endpoint, mchid, number, request, sendings, state, created_at_ms)
       SELECT hospital_id, 'att_second', payment_order_id, refund_id, endpoint, mchid, 'R2', request, 0, 'stored', 1
       FROM payment_attempt WHERE payment_order_id = '${order.id}' AND endpoint = 'refund-create'`,
    ),
  ).rejects.toThrow('payment_attempt_live_refund')
})

test('the journal takes no posting that is not balanced, and no posting twice', async () => {
  const insert = (values: string) =>
    rig.asOwner(
      `INSERT INTO journal_entry (hospital_id, posting, line, case_id, account, amount_fen, at_ms) VALUES ${values}`,
    )
  await expect(insert(`('demo', 'x', 1, 'c', 'patient', 5, 1)`)).rejects.toThrow('not balanced')
  await insert(`('demo', 'y', 1, 'c', 'patient', -5, 1), ('demo', 'y', 2, 'c', 'suspense', 5, 1)`)
  await expect(insert(`('demo', 'y', 1, 'c', 'patient', -5, 1)`)).rejects.toThrow('duplicate key')
})
