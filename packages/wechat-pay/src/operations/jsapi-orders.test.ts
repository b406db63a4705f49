import { fen } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { PAYMENT_ANSWER } from '../testing/examples.ts'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'
import type { JsapiOrderInput } from './create-jsapi-order.ts'

const ORDER: JsapiOrderInput = {
  outTradeNo: 'ORDER_20261123',
  description: '门诊预交金充值',
  totalFen: fen(5000),
  openid: 'openid-of-zhang-san',
  notifyUrl: 'https://hospital.example/notify/payment',
}

test('an order goes out with the documented fields and comes back as a prepay id', async () => {
  const { client, sent } = fakeWechatPay(() => ({ json: { prepay_id: 'wx2611' } }))
  const expiresAtMs = Date.parse('2026-11-23T09:30:00+08:00')
  const prepared = client.prepareJsapiOrder({ ...ORDER, expiresAtMs, attach: 'hospital-1' })
  expect(await client.sendJsapiOrder(prepared, { attempt: 1 })).toMatchObject({
    kind: 'yes',
    value: { prepayId: 'wx2611' },
  })
  expect(sent[0]).toMatchObject({ method: 'POST', path: '/v3/pay/transactions/jsapi' })
  expect(sent[0]?.json).toEqual({
    appid: 'wx0000test',
    mchid: '1900000001',
    description: '门诊预交金充值',
    out_trade_no: 'ORDER_20261123',
    time_expire: '2026-11-23T09:30:00+08:00',
    attach: 'hospital-1',
    notify_url: 'https://hospital.example/notify/payment',
    amount: { total: 5000, currency: 'CNY' },
    payer: { openid: 'openid-of-zhang-san' },
  })
  expect(client.signPayment('wx2611')).toMatchObject({ appId: 'wx0000test', package: 'prepay_id=wx2611' })
})

test.each<[string, Partial<JsapiOrderInput>]>([
  ['out_trade_no', { outTradeNo: 'short' }],
  ['out_trade_no', { outTradeNo: '订单123456' }],
  ['description', { description: '' }],
  ['description', { description: '述'.repeat(128) }],
  ['amount.total', { totalFen: fen(0) }],
  ['attach', { attach: 'a'.repeat(129) }],
])('%s is checked before anything is sent', (field, wrong) => {
  const { client } = fakeWechatPay(() => 'silence')
  expect(() => client.prepareJsapiOrder({ ...ORDER, ...wrong })).toThrow(expect.objectContaining({ field }))
})

test('an order is found by both numbers', async () => {
  const { client, sent } = fakeWechatPay(() => ({ json: PAYMENT_ANSWER }))
  const answer = await client.queryJsapiOrderByOutTradeNo(PAYMENT_ANSWER.out_trade_no)
  expect(answer).toMatchObject({
    tradeState: 'SUCCESS',
    totalFen: 5000,
    payerTotalFen: 5000,
    openid: 'openid-of-zhang-san',
  })
  expect(await client.queryJsapiOrderByTransactionId(PAYMENT_ANSWER.transaction_id)).toEqual(answer)
  expect(sent.map(({ path }) => path)).toEqual([
    '/v3/pay/transactions/out-trade-no/ORDER_20261123?mchid=1900000001',
    '/v3/pay/transactions/id/1217752501201407033233368018?mchid=1900000001',
  ])
})

test('an unpaid order has no transaction id; a paid one without it is no answer', async () => {
  const { transaction_id, success_time, payer, ...unpaid } = PAYMENT_ANSWER
  const waiting = fakeWechatPay(() => ({ json: { ...unpaid, trade_state: 'NOTPAY' } }))
  const answer = await waiting.client.queryJsapiOrderByOutTradeNo('ORDER_20261123')
  expect(answer).toMatchObject({ tradeState: 'NOTPAY' })
  expect(answer).not.toHaveProperty('transactionId')
  const odd = fakeWechatPay(() => ({ json: unpaid }))
  await expect(odd.client.queryJsapiOrderByOutTradeNo('ORDER_20261123')).rejects.toMatchObject({
    code: 'malformed',
  })
})

test('closing is answered with 204; a paid order is a conflict', async () => {
  const { client, sent } = fakeWechatPay(() => ({ status: 204 }))
  const prepared = client.prepareJsapiClose('ORDER|2026*1')
  expect(await client.sendJsapiClose(prepared, { attempt: 1 })).toMatchObject({ kind: 'yes' })
  expect(sent[0]).toMatchObject({
    path: '/v3/pay/transactions/out-trade-no/ORDER%7C2026*1/close',
    json: { mchid: '1900000001' },
  })
  const paid = fakeWechatPay(() => ({ status: 400, json: { code: 'ORDERPAID', message: '' } }))
  expect(await paid.client.sendJsapiClose(prepared, { attempt: 1 })).toMatchObject({
    kind: 'unknown',
    call: { class: 'conflict' },
  })
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e18])(
  'an end of payment that is no moment (%d) is refused like any other wrong field',
  (expiresAtMs) => {
    const { client } = fakeWechatPay(() => 'silence')
    expect(() => client.prepareJsapiOrder({ ...ORDER, expiresAtMs })).toThrow(
      expect.objectContaining({ name: 'WechatPayInputError', field: 'time_expire' }),
    )
  },
)
