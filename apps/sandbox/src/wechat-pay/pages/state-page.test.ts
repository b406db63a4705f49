import { expect, test } from 'vitest'
import { prepayBody, testMerchant, transferBody } from '../test-merchant.ts'

test('the state page shows what there is and its buttons act', async () => {
  const merchant = testMerchant()
  const { simulator, me, call } = merchant
  const show = async () => (await simulator.app.inject('/')).body
  expect(await show()).toContain('还没有转账。')
  await call('POST', '/v3/pay/transactions/jsapi', prepayBody(me, 'PAGE-0001'))
  await call('POST', '/v3/fund-app/mch-transfer/transfer-bills', transferBody(me, 'PAGET1'))
  const press = (action: string, form: Record<string, string>) =>
    merchant.page('POST', `/sandbox/do/${action}`, form)
  expect((await press('pay-order', { number: 'PAGE-0001' })).statusCode).toBe(303)
  await press('confirm-transfer', { number: 'PAGET1' })
  await press('top-up', { account: 'OPERATION' })
  await call('POST', '/v3/refund/domestic/refunds', {
    ...{ out_trade_no: 'PAGE-0001', out_refund_no: 'PAGER1' },
    amount: { refund: 1, total: 10_000, currency: 'CNY' },
  })
  await press('settle-refund', { number: 'PAGER1', status: 'ABNORMAL' })
  const page = await show()
  for (const text of ['TRANSFERING', 'REFUND', 'ABNORMAL', '没有重复付款', '50876.55 元'])
    expect(page).toContain(text)
})

test('another site can not press the buttons, and only listed actions have one', async () => {
  const { simulator } = testMerchant()
  const post = (action: string, origin: string) =>
    simulator.app.inject({ method: 'POST', url: `/sandbox/do/${action}`, headers: { origin } })
  expect((await post('deliver-due', 'https://evil.example')).statusCode).toBe(403)
  expect((await post('settings', 'http://127.0.0.1:9103')).statusCode).toBe(403)
  expect((await post('deliver-due', 'http://127.0.0.1:9103')).statusCode).toBe(303)
})

test('balances answer, or NO_AUTH as for most merchants', async () => {
  const { call, act } = testMerchant()
  const ask = async (account: string) => (await call('GET', `/v3/merchant/fund/balance/${account}`)).json()
  expect(await ask('OPERATION')).toEqual({ available_amount: 5_000_000, pending_amount: 0 })
  expect((await ask('FEES')).code).toBe('INVALID_REQUEST')
  await act('settings', { balanceApi: false })
  expect((await ask('BASIC')).code).toBe('NO_AUTH')
})
