import { createHash, sign } from 'node:crypto'
import { HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { prepayBody, type TestMerchant, testMerchant } from '../test-merchant.ts'

const PREPAY = '/v3/pay/transactions/jsapi'

function orders(merchant: TestMerchant) {
  const { call, me } = merchant
  const path = (no: string) => `/v3/pay/transactions/out-trade-no/${no}`
  return {
    prepay: (no: string, change: object = {}) => call('POST', PREPAY, prepayBody(me, no, change)),
    query: (no: string) => call('GET', `${path(no)}?mchid=${me.mchid}`),
    close: (no: string) => call('POST', `${path(no)}/close`, { mchid: me.mchid }),
  }
}

/** What wx.requestPayment gets, signed with the merchant's key. */
function payment({ me, clock }: TestMerchant, prepayId: string, change: Record<string, string> = {}) {
  const timeStamp = String(Math.floor(clock.nowMs() / 1_000))
  const nonceStr = createHash('md5').update(prepayId).digest('hex')
  const text = `${me.appid}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`
  const paySign = sign('sha256', Buffer.from(text), me.merchantPrivateKeyPem).toString('base64')
  return {
    ...{ timeStamp, nonceStr, signType: 'RSA', paySign, appId: me.appid },
    package: `prepay_id=${prepayId}`,
    ...change,
  }
}

test('prepay, pay at the cashier, query both ways', async () => {
  const merchant = testMerchant()
  const { prepay, query } = orders(merchant)
  const { prepay_id: prepayId } = (await prepay('ORDER-0001')).json()
  expect((await query('ORDER-0001')).json()).toMatchObject({
    ...{ trade_state: 'NOTPAY', amount: { total: 10_000 } },
  })
  const params = payment(merchant, prepayId, { return: 'http://127.0.0.1:8080/#/paid' })
  const shown = await merchant.page('GET', '/sandbox/cashier', params)
  expect(shown.body).toContain('￥100.00')
  const paid = await merchant.page('POST', '/sandbox/cashier', { ...params, choice: 'pay' })
  expect([paid.statusCode, paid.headers.location]).toEqual([303, 'http://127.0.0.1:8080/#/paid?result=ok'])
  const answer = (await query('ORDER-0001')).json()
  expect(answer).toMatchObject({
    ...{
      appid: merchant.me.appid,
      mchid: merchant.me.mchid,
      out_trade_no: 'ORDER-0001',
      trade_type: 'JSAPI',
    },
    ...{ trade_state: 'SUCCESS', success_time: '2026-11-23T10:00:00+08:00' },
    amount: { total: 10_000, payer_total: 10_000, currency: 'CNY' },
    payer: { openid: merchant.me.openid },
  })
  const byId = `/v3/pay/transactions/id/${answer.transaction_id}?mchid=${merchant.me.mchid}`
  expect((await merchant.call('GET', byId)).json()).toEqual(answer)
  expect(await merchant.act('accounts')).toMatchObject({ BASIC: 5_010_000 })
})

test('the cashier checks paySign, payer, state and age; declining pays nothing', async () => {
  const merchant = testMerchant()
  const { prepay, query, close } = orders(merchant)
  const { prepay_id: prepayId } = (await prepay('ORDER-0002')).json()
  const open = (change: Record<string, string>, person?: string) =>
    merchant.page('GET', '/sandbox/cashier', payment(merchant, prepayId, change), person)
  expect((await open({ nonceStr: 'other' })).body).toContain('支付验证签名失败')
  expect((await open({ package: 'prepay_id=wx1' })).body).toContain('prepay_id 不正确')
  expect((await open({}, 'wangfang')).body).toContain('下单账号与支付账号不一致')
  expect((await open({ return: 'https://evil.example/' })).body).toContain('回跳地址只能在本机')
  for (const [choice, word] of [
    ['poor', '余额不足'],
    ['cancel', '已取消'],
  ] as const) {
    const reply = await merchant.page('POST', '/sandbox/cashier', { ...payment(merchant, prepayId), choice })
    expect(reply.body).toContain(word)
  }
  expect((await query('ORDER-0002')).json().trade_state).toBe('NOTPAY')
  merchant.clock.advance(2 * HOUR_MS)
  expect((await open({})).body).toContain('prepay_id 已过期')
  expect((await close('ORDER-0002')).statusCode).toBe(204)
  expect((await open({})).body).toContain('订单已关闭')
})

test('one number, one order: repeated, changed, closed, paid', async () => {
  const merchant = testMerchant()
  const { prepay, query, close } = orders(merchant)
  const first = (await prepay('ORDER-0003')).json()
  expect((await prepay('ORDER-0003')).json()).toEqual(first)
  const refused = async (change?: object) => {
    const reply = await prepay('ORDER-0003', change)
    return [reply.statusCode, reply.json().code]
  }
  expect(await refused({ amount: { total: 1, currency: 'CNY' } })).toEqual([403, 'OUT_TRADE_NO_USED'])
  expect((await close('ORDER-0003')).statusCode).toBe(204)
  expect((await close('ORDER-0003')).statusCode).toBe(204)
  expect(await refused()).toEqual([400, 'ORDER_CLOSED'])
  expect((await query('ORDER-0003')).json().trade_state).toBe('CLOSED')

  await prepay('ORDER-0004')
  await merchant.act('pay-order', { outTradeNo: 'ORDER-0004' })
  expect((await prepay('ORDER-0004')).json().code).toBe('ORDERPAID')
  expect((await close('ORDER-0004')).json().code).toBe('ORDERPAID')
  expect((await query('ORDER-9999')).json().code).toBe('ORDER_NOT_EXIST')
})

test('an unpaid order closes at time_expire', async () => {
  const merchant = testMerchant()
  const { prepay, query } = orders(merchant)
  await prepay('ORDER-0005', { time_expire: '2026-11-23T10:30:00+08:00' })
  merchant.clock.advance(30 * MINUTE_MS - 1)
  expect((await query('ORDER-0005')).json().trade_state).toBe('NOTPAY')
  merchant.clock.advance(1)
  expect((await query('ORDER-0005')).json().trade_state).toBe('CLOSED')
})

test.each([
  ['a number that is too short', { out_trade_no: 'A1' }, 'PARAM_ERROR'],
  ['no amount', { amount: { total: 0, currency: 'CNY' } }, 'PARAM_ERROR'],
  ['an amount in yuan', { amount: { total: 1.5, currency: 'CNY' } }, 'PARAM_ERROR'],
  ['a notify_url with a query', { notify_url: 'https://h.example/n?a=1' }, 'PARAM_ERROR'],
  ['an expired time_expire', { time_expire: '2026-11-23T09:59:59+08:00' }, 'PARAM_ERROR'],
  ['another merchant in the body', { mchid: '1' }, 'PARAM_ERROR'],
  ['an appid that is not bound', { appid: 'wxother' }, 'APPID_MCHID_NOT_MATCH'],
  ["another app's openid", { payer: { openid: 'o-mpac-lihua' } }, 'INVALID_REQUEST'],
])('%s is refused', async (_what, change, code) => {
  const reply = await orders(testMerchant()).prepay('ORDER-0006', change)
  expect([reply.statusCode, reply.json().code]).toEqual([400, code])
})

test('an accepted order may stay unfound for a while', async () => {
  const merchant = testMerchant()
  const { prepay, query } = orders(merchant)
  merchant.fault('not-found-window', 'jsapi-prepay', { delayMs: 5_000 })
  await prepay('ORDER-0007')
  expect((await query('ORDER-0007')).statusCode).toBe(404)
  merchant.clock.advance(5_000)
  expect((await query('ORDER-0007')).statusCode).toBe(200)
})

test.each([
  ['http://127.0.0.1:8080/#/挂号', 'http://127.0.0.1:8080/#/%E6%8C%82%E5%8F%B7?result=ok'],
  ['http://127.0.0.1:8080/paid\r\nX-Added: 1', 'http://127.0.0.1:8080/paidX-Added:%201?result=ok'],
])('a return address that no header can hold as it stands leads back all the same: %j', async (back, to) => {
  const merchant = testMerchant()
  const { prepay_id: prepayId } = (await orders(merchant).prepay('ORDER-0008')).json()
  const params = payment(merchant, prepayId, { return: back, choice: 'pay' })
  const paid = await merchant.page('POST', '/sandbox/cashier', params)
  expect([paid.statusCode, paid.headers.location]).toEqual([303, to])
})
