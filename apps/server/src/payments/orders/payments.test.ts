import { fen, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { listTroubledSubjects } from './list-troubled-subjects.ts'
import { noteProblemDone } from './note-problem-done.ts'
import { openPayment } from './open-payment.ts'

let rig: PaymentsRig
beforeAll(async () => {
  rig = await startPaymentsRig()
})
beforeEach(() => {
  rig.simulator.faults.clear()
})
afterAll(() => rig.stop())

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )
const bodiesOf = (outTradeNo: string) =>
  rig
    .calls('jsapi-prepay')
    .map(({ request }) => (request as { body: { out_trade_no: string } }).body)
    .filter((body) => body.out_trade_no === outTradeNo)

test('the patient opens the cashier, pays there, and comes back: paid', async () => {
  const order = await rig.newOrder(12_345)
  const { payment, cashierUrl } = await rig.open(order)
  expect(payment).toMatchObject({ appId: order.appid, signType: 'RSA' })
  const person = order.openid.slice(7)
  const paid = await fetch(String(cashierUrl), { headers: { cookie: `sandbox_wechat_person=${person}` } })
  expect(await paid.text()).toContain('￥123.45')
  await rig.pay(order)
  expect(await rig.settle(order)).toMatchObject({
    ...{ state: 'paid', transactionId: expect.any(String), paidAtMs: rig.clock.nowMs() },
  })
  expect(rig.toldOf(order)).toEqual(['paid paid'])
  expect(await refusal(rig.open(order))).toBe('payment-refused')
  expect(await rig.audits('visits.paid')).toContainEqual(expect.objectContaining({ subject: order.id }))
})

test('callback and page return at the same moment tell of the payment once', async () => {
  const order = await rig.newOrder()
  await rig.open(order)
  rig.fault('notify-duplicate', 'TRANSACTION.SUCCESS')
  await rig.pay(order)
  await rig.deliver()
  await Promise.all([rig.settle(order), rig.run(), rig.settle(order), rig.run()])
  expect(rig.toldOf(order)).toEqual(['paid paid'])
  const [journal] = await rig.asOwner<{ n: number }>(
    `SELECT count(*)::int AS n FROM journal_entry WHERE case_id = '${order.id}'`,
  )
  expect(journal?.n).toBe(2)
})

test('the reply of the prepay is lost: the patient tries again and the same bytes are sent again', async () => {
  const order = await rig.newOrder()
  rig.fault('reply-lost', 'jsapi-prepay')
  expect(await refusal(rig.open(order))).toBe('payment-unavailable')
  const { payment } = await rig.open(order)
  expect(payment.package).toMatch(/^prepay_id=wx/)
  const [first, second, ...more] = bodiesOf(order.outTradeNo)
  expect(second).toEqual(first)
  expect(more).toEqual([])
  expect(await rig.attempts(order)).toMatchObject([{ sendings: 2, state: 'yes', number: order.outTradeNo }])
})

test('a prepay id is used again while it is good, and fetched again under the same number afterwards', async () => {
  const order = await rig.newOrder(5_000, 600)
  const first = await rig.open(order)
  rig.clock.advance(MINUTE_MS)
  expect((await rig.open(order)).payment.package).toBe(first.payment.package)
  expect(bodiesOf(order.outTradeNo)).toHaveLength(1)
  rig.clock.advance(2 * HOUR_MS)
  expect((await rig.open(order)).payment.package).not.toBe(first.payment.package)
  expect(bodiesOf(order.outTradeNo)).toHaveLength(2)
})

test('one live order for one thing; another amount has to wait until the first is closed', async () => {
  const order = await rig.newOrder()
  const { id: _, state: __, outTradeNo: ___, ...wanted } = order
  const { createPaymentOrder } = await import('./create-payment-order.ts')
  const again = (change: object) =>
    rig.inTx((tx) => createPaymentOrder(tx, rig.room, { ...wanted, ...change }))
  expect((await again({})).id).toBe(order.id)
  expect(await refusal(again({ amountFen: 1 }))).toBe('payment-refused')
  await rig.close(order)
  expect(await refusal(again({}))).toBe('payment-refused')
  await rig.run()
  expect((await again({})).id).not.toBe(order.id)
})

test('an order that nobody opened closes at its time without a call; one that was opened, by query CLOSED', async () => {
  const [untouched, opened] = [await rig.newOrder(), await rig.newOrder()]
  await rig.open(opened)
  await rig.pass(15 * MINUTE_MS, 3 * MINUTE_MS)
  expect([rig.toldOf(untouched), rig.toldOf(opened)]).toEqual([['closed closed'], ['closed closed']])
  expect(await refusal(rig.open(opened))).toBe('payment-closed')
  expect(JSON.stringify(rig.calls('query-order'))).not.toContain(untouched.outTradeNo)
})

test('given up before its time: closed at WeChat, and only the query that says CLOSED closes it here', async () => {
  const order = await rig.newOrder()
  await rig.open(order)
  rig.fault('reply-lost', 'close-order')
  rig.fault('http-500', 'query-order', 4)
  await rig.close(order)
  expect(await refusal(rig.open(order))).toBe('payment-closed')
  await rig.run()
  expect(rig.toldOf(order)).toEqual([])
  await rig.pass(2 * MINUTE_MS, 10_000)
  expect(rig.toldOf(order)).toEqual(['closed closed'])
})

test('paid while it was given up: paid wins', async () => {
  const order = await rig.newOrder()
  await rig.open(order)
  await rig.close(order)
  await rig.pay(order)
  await rig.run()
  expect(rig.toldOf(order)).toEqual(['paid paid'])
  expect(await rig.find(order)).toMatchObject({ state: 'paid' })
})

test('a prepay that WeChat does not know says nothing; it closes only after its time, by several such answers', async () => {
  const order = await rig.newOrder()
  rig.fault('reset', 'jsapi-prepay')
  expect(await refusal(rig.open(order))).toBe('payment-unavailable')
  await rig.close(order)
  await rig.pass(40 * MINUTE_MS, 5 * MINUTE_MS)
  expect(await rig.find(order)).toMatchObject({ state: 'awaiting' })
  await rig.pass(40 * MINUTE_MS, 5 * MINUTE_MS)
  expect(await rig.find(order)).toMatchObject({ state: 'closed' })
  expect(await rig.audits('visits.closed')).toContainEqual(
    expect.objectContaining({ subject: order.id, detail: expect.objectContaining({ why: 'not-found' }) }),
  )
})

test('a query that fails changes nothing', async () => {
  const order = await rig.newOrder()
  await rig.open(order)
  await rig.pay(order)
  for (const kind of ['http-502', 'reply-lost', 'bad-signature']) {
    rig.fault(kind, 'query-order')
    expect(await rig.settle(order), kind).toMatchObject({ state: 'awaiting' })
  }
  expect(await rig.settle(order)).toMatchObject({ state: 'paid' })
})

test('money for an order that is closed for good stands in suspense, with an alarm', async () => {
  const order = await rig.newOrder()
  await rig.open(order)
  await rig.close(order)
  await rig.run()
  expect(rig.toldOf(order)).toEqual(['closed closed'])
  const found = await rig.client.queryJsapiOrderByOutTradeNo(order.outTradeNo)
  if (!found || found === 'not-found') throw new Error('not found')
  const { settleOrder } = await import('./settle-order.ts')
  const { tradeState: _, ...facts } = found
  const paid = {
    tradeState: 'SUCCESS',
    transactionId: 'T1',
    totalFen: order.amountFen,
    openid: order.openid,
  } as const
  const mchid = String(rig.simulator.credentials['mchid'])
  for (let count = 0; count < 2; count++)
    await rig.inTx((tx) => settleOrder(tx, rig.room, { mchid }, order.id, { ...facts, ...paid }))
  expect(await rig.find(order)).toMatchObject({ state: 'closed' })
  expect(rig.toldOf(order)).toHaveLength(1)
  const alarms = await rig.audits('payments.contradiction')
  expect(alarms.filter(({ subject }) => subject === order.id)).toHaveLength(1)
  expect((await rig.balances())['suspense']).toBe(order.amountFen)
  const listed = async () => {
    const troubled = await rig.inTx((tx) => listTroubledSubjects(tx, 'visits', 100))
    return troubled.some(({ subject }) => subject === order.subject)
  }
  expect(await listed()).toBe(true)
  const problem = 'contradicted: paid T1'
  const marked = () => rig.inTx((tx) => noteProblemDone(tx, rig.clock, { orderId: order.id, problem }))
  expect([await marked(), await marked(), await listed()]).toEqual([true, false, false])
  const other = { ...facts, ...paid, totalFen: fen(order.amountFen + 1) }
  await rig.inTx((tx) => settleOrder(tx, rig.room, { mchid }, order.id, other))
  expect(await listed(), 'something else is for a person again').toBe(true)
})

test('a hospital without a merchant says so', async () => {
  const order = await rig.newOrder()
  const room = { ...rig.room, clients: { wechatPay: () => undefined } }
  expect(await refusal(openPayment(room, rig.hospitalId, order.id))).toBe('payment-unavailable')
})

test('two resolvers and a listener that fails: the row comes again, and is told once it can be', async () => {
  const [order, other] = [await rig.newOrder(), await rig.newOrder()]
  await rig.open(order)
  await rig.open(other)
  await rig.pay(order)
  await rig.pay(other)
  const { paid } = rig.room.events
  rig.room.events.paid = async (tx, told) => {
    if (told.id === order.id) throw new Error('listener')
    return paid(tx, told)
  }
  await rig.deliver()
  await Promise.all([rig.run(), rig.run()])
  expect(rig.toldOf(other)).toEqual(['paid paid'])
  rig.room.events.paid = paid
  await rig.pass(10 * MINUTE_MS, 2 * MINUTE_MS)
  expect([rig.toldOf(order), rig.toldOf(other)]).toEqual([['paid paid'], ['paid paid']])
})
