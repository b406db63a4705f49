import { createCipheriv, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type PaymentsRig, startPaymentsRig } from '../../../../../tests/setup/payments-rig.ts'
import type { PaymentOrder } from '../payment-order.ts'

// One more key of WeChat's, of which we hold both halves.
const SERIAL = 'PUB_KEY_ID_OF_THIS_TEST'
const wechat = generateKeyPairSync('rsa', { modulusLength: 2048 })

let rig: PaymentsRig
beforeAll(async () => {
  rig = await startPaymentsRig()
  rig.client.ring.addPublicKey({
    ...{ id: SERIAL, pem: wechat.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
  })
})
beforeEach(() => rig.simulator.faults.clear())
afterAll(() => rig.stop())

async function openedOrder(amountFen = 5_000) {
  const order = await rig.newOrder(amountFen)
  await rig.open(order)
  return order
}

/** The callbacks that the simulator sent about a number, with what we answered. */
async function answersTo(number: string) {
  const all =
    await rig.act<{ number: string; attempts: { signature: string; result: string }[] }[]>('callbacks')
  return all.filter((one) => one.number === number).flatMap(({ attempts }) => attempts)
}

/** A callback whose content we choose, as only WeChat (or who has its key) could make it. */
async function tell(
  plain: object,
  change: { eventType?: string; forge?: boolean; id?: string; url?: string } = {},
) {
  const { apiV3Key } = rig.simulator.credentials as { apiV3Key: string }
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), nonce).setAAD(
    Buffer.from('transaction'),
  )
  const sealed = Buffer.concat([cipher.update(JSON.stringify(plain)), cipher.final(), cipher.getAuthTag()])
  const body = JSON.stringify({
    ...{ id: change.id ?? randomUUID(), resource_type: 'encrypt-resource' },
    event_type: change.eventType ?? 'TRANSACTION.SUCCESS',
    resource: {
      ...{ algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction', associated_data: 'transaction' },
      ...{ nonce, ciphertext: sealed.toString('base64') },
    },
  })
  const timestamp = String(Math.floor(rig.clock.nowMs() / 1_000))
  const message = `${timestamp}\n${nonce}\n${change.forge ? `${body} ` : body}\n`
  const reply = await fetch(change.url ?? rig.notifyUrl, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'wechatpay-timestamp': timestamp, 'wechatpay-nonce': nonce },
      'wechatpay-serial': SERIAL,
      'wechatpay-signature': sign('sha256', Buffer.from(message), wechat.privateKey).toString('base64'),
    },
    body,
  })
  return { status: reply.status, text: await reply.text() }
}

const successOf = (order: PaymentOrder, change: object = {}) => ({
  ...{
    appid: order.appid,
    mchid: String(rig.simulator.credentials['mchid']),
    out_trade_no: order.outTradeNo,
  },
  ...{
    transaction_id: `T${order.outTradeNo}`,
    trade_state: 'SUCCESS',
    success_time: '2026-11-23T09:00:00+08:00',
  },
  ...{ payer: { openid: order.openid }, amount: { total: order.amountFen, payer_total: order.amountFen } },
  ...change,
})
const stateOf = async (order: PaymentOrder) => (await rig.find(order)).state

test('a callback is verified, stored and answered with 204, and only then worked', async () => {
  const order = await openedOrder()
  await rig.pay(order)
  await rig.deliver()
  expect(await answersTo(order.outTradeNo)).toMatchObject([{ signature: 'genuine', result: '204' }])
  expect(await stateOf(order)).toBe('awaiting')
  await rig.run()
  expect(rig.toldOf(order)).toEqual(['paid paid'])
})

test('a probe and a wrong signature are refused with 401; the genuine one that follows counts', async () => {
  for (const kind of ['notify-signtest', 'notify-bad-signature']) {
    const order = await openedOrder()
    rig.fault(kind, 'TRANSACTION.SUCCESS')
    await rig.pay(order)
    await rig.deliver()
    rig.clock.advance(20_000)
    await rig.deliver()
    expect((await answersTo(order.outTradeNo)).map(({ result }) => result)).toEqual(['401', '204'])
    await rig.run()
    expect(rig.toldOf(order)).toEqual(['paid paid'])
  }
  expect(rig.client.ring.counters).toMatchObject({ probes: 1, failures: 1 })
})

test('a forged callback is refused in the form that WeChat wants, and stored nowhere', async () => {
  const order = await openedOrder()
  const reply = await tell(successOf(order), { forge: true })
  expect([reply.status, JSON.parse(reply.text)]).toEqual([401, { code: 'FAIL', message: 'signature' }])
  const bare = await fetch(rig.notifyUrl, { method: 'POST', body: 'x' })
  expect(bare.status).toBe(401)
  const huge = await fetch(rig.notifyUrl, { method: 'POST', body: 'x'.repeat(100_000) })
  expect(huge.status).toBe(413)
  await rig.run()
  expect(await stateOf(order)).toBe('awaiting')
  const rows = await rig.asOwner(`SELECT id FROM payment_notice WHERE number = '${order.outTradeNo}'`)
  expect(rows).toEqual([])
})

test('a hospital that does not exist is no merchant', async () => {
  const url = rig.notifyUrl.replace(/demo$/, 'other')
  expect(await tell({}, { url })).toMatchObject({ status: 404 })
})

test('the same callback twice, and again in another envelope, is one', async () => {
  const order = await openedOrder()
  const id = randomUUID()
  for (const change of [{ id }, { id }, {}])
    expect(await tell(successOf(order), change)).toMatchObject({ status: 204, text: '' })
  await rig.run()
  expect(rig.toldOf(order)).toEqual(['paid paid'])
  const rows = await rig.asOwner(`SELECT state FROM payment_notice WHERE number = '${order.outTradeNo}'`)
  expect(rows).toEqual([{ state: 'worked' }])
})

test.each([
  ['amount', { amount: { total: 4_999 } }],
  ['mchid', { mchid: '1900000001' }],
  ['appid', { appid: 'wx0000000000000000' }],
  ['openid', { payer: { openid: 'o-0000-other' } }],
])('a callback with another %s never makes an order paid: a person has to look', async (wrong, change) => {
  const order = await openedOrder()
  expect(await tell(successOf(order, change))).toMatchObject({ status: 204 })
  await rig.run()
  await rig.pass(10 * MINUTE_MS, 5 * MINUTE_MS)
  expect([await stateOf(order), rig.toldOf(order)]).toEqual(['awaiting', []])
  expect(await rig.audits('payments.mismatch')).toContainEqual(
    expect.objectContaining({ subject: order.id, detail: expect.objectContaining({ wrong }) }),
  )
})

test('a number that is not ours, and a kind that we do not know, are kept and change nothing', async () => {
  const order = await rig.newOrder()
  const foreign = successOf({ ...order, outTradeNo: 'FOREIGN0001' })
  expect(await tell(foreign)).toMatchObject({ status: 204 })
  expect(await tell({ anything: 1 }, { eventType: 'SOMETHING.NEW', id: 'new-kind' })).toMatchObject({
    status: 204,
  })
  await rig.run()
  const rows = await rig.asOwner(
    `SELECT state FROM payment_notice WHERE number IN ('FOREIGN0001', 'new-kind') ORDER BY number`,
  )
  expect(rows).toEqual([{ state: 'foreign' }, { state: 'foreign' }])
})

test('refund callbacks are a hint: the query decides; lost, late and reordered ones change nothing', async () => {
  const order = await openedOrder()
  await rig.pay(order)
  await rig.settle(order)
  const refund = await rig.refund(order, 2_000)
  rig.fault('notify-reordered', 'REFUND.SUCCESS')
  await rig.run()
  rig.clock.advance(4_000)
  await rig.deliver()
  const later = await openedOrder()
  await rig.pay(later)
  await rig.deliver()
  await rig.run()
  await rig.pass(MINUTE_MS, 10_000)
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'done' })
  await rig.pass(HOUR_MS, 30 * MINUTE_MS)
  await rig.deliver()
  await rig.run()
  expect(rig.toldOf(refund)).toEqual(['refund done'])
  expect(await rig.audits('payments.contradiction')).toEqual([])
})

test('what contradicts the end of a refund raises an alarm and changes nothing', async () => {
  const order = await openedOrder()
  await rig.pay(order)
  await rig.settle(order)
  const refund = await rig.refund(order, 2_000)
  await rig.pass(MINUTE_MS, 10_000)
  const number = (await rig.attempts(order)).find((one) => one.number.startsWith('R'))?.number
  const closed = {
    ...{ mchid: String(rig.simulator.credentials['mchid']), out_trade_no: order.outTradeNo },
    ...{ transaction_id: 'T1', refund_id: 'X1', out_refund_no: number, refund_status: 'CLOSED' },
    amount: { total: 5_000, refund: 2_000, payer_total: 5_000, payer_refund: 2_000 },
  }
  expect(await tell(closed, { eventType: 'REFUND.CLOSED' })).toMatchObject({ status: 204 })
  await rig.run()
  expect(await rig.refundOf(refund)).toMatchObject({ state: 'done' })
  expect(await rig.audits('payments.contradiction')).toMatchObject([{ subject: order.id }])
})
