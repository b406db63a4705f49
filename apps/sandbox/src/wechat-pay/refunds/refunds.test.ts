import { DAY_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { callbackReceiver, openResource, type TestMerchant, testMerchant } from '../test-merchant.ts'

const REFUNDS = '/v3/refund/domestic/refunds'

async function paidOrder(merchant: TestMerchant, outTradeNo = 'PAID-0001', change: object = {}) {
  return merchant.act<{ transactionId: string }>('seed-paid-order', {
    ...{ outTradeNo, amountFen: 10_000, person: 'lihua' },
    ...change,
  })
}

function refunds(merchant: TestMerchant) {
  const create = (out_refund_no: string, refund: number, change: object = {}) =>
    merchant.call('POST', REFUNDS, {
      ...{ out_trade_no: 'PAID-0001', out_refund_no, reason: '退回门诊预交金' },
      amount: { refund, total: 10_000, currency: 'CNY' },
      ...change,
    })
  const query = async (no: string) => (await merchant.call('GET', `${REFUNDS}/${no}`)).json()
  return { create, query }
}

test('a refund is accepted, then paid, then told; the same number refunds once', async () => {
  const merchant = testMerchant()
  const { url, received } = await callbackReceiver()
  const { transactionId } = await paidOrder(merchant)
  const { create, query } = refunds(merchant)
  const accepted = (await create('R-1', 4_000, { notify_url: url })).json()
  expect(accepted).toMatchObject({
    ...{
      out_refund_no: 'R-1',
      transaction_id: transactionId,
      out_trade_no: 'PAID-0001',
      channel: 'ORIGINAL',
    },
    ...{ status: 'PROCESSING', user_received_account: '支付用户零钱' },
    amount: { total: 10_000, refund: 4_000, payer_total: 10_000, payer_refund: 4_000, currency: 'CNY' },
  })
  expect((await create('R-1', 4_000, { notify_url: url })).json().refund_id).toBe(accepted.refund_id)
  expect((await create('R-1', 4_001)).json().code).toBe('INVALID_REQUEST')
  expect(await merchant.act('accounts')).toMatchObject({ BASIC: 5_006_000, waiting: 4_000 })
  merchant.clock.advance(3 * SECOND_MS)
  expect(await query('R-1')).toMatchObject({ status: 'SUCCESS', success_time: '2026-11-23T10:00:03+08:00' })
  expect(await merchant.act('accounts')).toMatchObject({ BASIC: 5_006_000, waiting: 0 })
  await merchant.act('deliver-due')
  expect(received.map(({ envelope }) => envelope.event_type)).toEqual(['REFUND.SUCCESS'])
  const plain = JSON.parse(openResource(received[0]?.envelope.resource as never, merchant.me.apiV3Key))
  expect(plain).toMatchObject({ mchid: merchant.me.mchid, out_refund_no: 'R-1', refund_status: 'SUCCESS' })
  const order = `/v3/pay/transactions/id/${transactionId}?mchid=${merchant.me.mchid}`
  expect((await merchant.call('GET', order)).json().trade_state).toBe('REFUND')
})

test('partial refunds: one minute apart, never more than was paid, at most 50', async () => {
  const merchant = testMerchant()
  await paidOrder(merchant)
  const { create } = refunds(merchant)
  expect((await create('P-0', 100)).statusCode).toBe(200)
  const early = await create('P-1', 100)
  expect([early.statusCode, early.json().code]).toEqual([429, 'FREQUENCY_LIMITED'])
  merchant.clock.advance(MINUTE_MS)
  expect((await create('P-1', 9_901)).json()).toMatchObject({ code: 'INVALID_REQUEST' })
  for (let index = 1; index < 50; index++) {
    expect((await create(`P-${index}`, 100)).statusCode).toBe(200)
    merchant.clock.advance(MINUTE_MS)
  }
  expect((await create('P-50', 100)).json().message).toContain('50 次')
  expect(await merchant.act('prove')).toMatchObject({ violations: [] })
})

test.each([
  ['an order older than a year', { paidAt: '2025-11-22T10:00:00+08:00' }, {}, 400, 'INVALID_REQUEST'],
  ['an order of exactly a year', { paidAt: '2025-11-23T10:00:00+08:00' }, {}, 200, undefined],
  [
    'a total that differs',
    {},
    { amount: { refund: 1, total: 9_999, currency: 'CNY' } },
    400,
    'INVALID_REQUEST',
  ],
  ['an unknown order', {}, { out_trade_no: 'NONE-0001' }, 404, 'RESOURCE_NOT_EXISTS'],
  ['no order number', {}, { out_trade_no: undefined }, 400, 'PARAM_ERROR'],
])('%s', async (_what, order, change, status, code) => {
  const merchant = testMerchant()
  await paidOrder(merchant, 'PAID-0001', order)
  const reply = await refunds(merchant).create('X-1', 100, change)
  expect([reply.statusCode, reply.json().code]).toEqual([status, code])
})

test('no funds, a closed account, an unknown refund', async () => {
  const merchant = testMerchant()
  await paidOrder(merchant)
  const { create, query } = refunds(merchant)
  await merchant.act('set-balance', { account: 'BASIC', amountFen: 99 })
  const poor = await create('N-1', 100)
  expect([poor.statusCode, poor.json().code]).toEqual([403, 'NOT_ENOUGH'])
  await merchant.act('top-up', { account: 'BASIC', amountFen: 1 })
  await merchant.act('set-person', { person: 'lihua', refund: 'account-abnormal' })
  expect((await create('N-1', 100)).json().code).toBe('USER_ACCOUNT_ABNORMAL')
  await merchant.act('set-person', { person: 'lihua', refund: 'normal' })
  merchant.fault('user-account-abnormal')
  expect((await create('N-1', 100)).json().code).toBe('USER_ACCOUNT_ABNORMAL')
  expect(await query('N-1')).toMatchObject({ code: 'RESOURCE_NOT_EXISTS' })
  expect((await create('N-1', 100)).statusCode).toBe(200)
})

test('an abnormal refund keeps the money away from the merchant until another card is named', async () => {
  const merchant = testMerchant()
  const { transactionId } = await paidOrder(merchant)
  const { create, query } = refunds(merchant)
  merchant.fault('refund-abnormal')
  await create('A-1', 10_000, { transaction_id: transactionId })
  merchant.clock.advance(MINUTE_MS)
  const { refund_id, status } = await query('A-1')
  expect(status).toBe('ABNORMAL')
  expect(await merchant.act('accounts')).toMatchObject({ waiting: 10_000 })
  expect((await create('A-2', 10_000)).json().code).toBe('INVALID_REQUEST')
  const path = `${REFUNDS}/${refund_id}/apply-abnormal-refund`
  const body = {
    ...{ out_refund_no: 'A-1', type: 'USER_BANK_CARD', bank_type: 'ICBC_DEBIT' },
    bank_account: merchant.encrypt('6222000011112222'),
    real_name: merchant.encrypt('李明华'),
  }
  expect((await merchant.call('POST', path, body)).json().code).toBe('PARAM_ERROR')
  const headers = { 'wechatpay-serial': merchant.me.publicKeyId }
  expect((await merchant.call('POST', path, body, { headers })).json()).toMatchObject({
    ...{ status: 'PROCESSING', channel: 'OTHER_BANKCARD', user_received_account: 'ICBC_DEBIT银行卡2222' },
  })
  merchant.clock.advance(DAY_MS)
  expect((await query('A-1')).status).toBe('SUCCESS')
  expect((await merchant.call('POST', path, body, { headers })).json().code).toBe('INVALID_REQUEST')
  expect(await merchant.act('prove')).toMatchObject({
    refundedPerOutRefundNo: { 'A-1': 10_000 },
    violations: [],
  })
})

test('a closed refund gives the money back and frees the order', async () => {
  const merchant = testMerchant()
  await paidOrder(merchant)
  const { create, query } = refunds(merchant)
  merchant.fault('refund-closed')
  await create('C-1', 10_000)
  merchant.clock.advance(MINUTE_MS)
  expect((await query('C-1')).status).toBe('CLOSED')
  expect(await merchant.act('accounts')).toMatchObject({ BASIC: 5_010_000, waiting: 0 })
  expect((await create('C-2', 10_000)).statusCode).toBe(200)
})

test('a bank card takes a day', async () => {
  const merchant = testMerchant()
  await merchant.act('set-person', { person: 'lihua', bankCard: '招商银行借记卡5678' })
  await paidOrder(merchant)
  const { create, query } = refunds(merchant)
  await create('B-1', 100)
  merchant.clock.advance(DAY_MS - 1)
  expect(await query('B-1')).toMatchObject({
    status: 'PROCESSING',
    user_received_account: '招商银行借记卡5678',
  })
  merchant.clock.advance(1)
  expect((await query('B-1')).status).toBe('SUCCESS')
})
