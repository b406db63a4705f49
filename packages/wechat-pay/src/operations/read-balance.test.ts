import { expect, test } from 'vitest'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'

test('the balance of an account, now and at the end of a day', async () => {
  const { client, sent } = fakeWechatPay(() => ({ json: { available_amount: 100, pending_amount: 7 } }))
  expect(await client.fundBalance('OPERATION')).toEqual({ availableFen: 100, pendingFen: 7 })
  expect(await client.dayEndBalance('BASIC', '2026-11-22')).toEqual({ availableFen: 100, pendingFen: 7 })
  expect(sent.map(({ path }) => path)).toEqual([
    '/v3/merchant/fund/balance/OPERATION',
    '/v3/merchant/fund/dayendbalance/BASIC?date=2026-11-22',
  ])
})

test('a merchant that is not let in learns it by the code', async () => {
  const { client } = fakeWechatPay(() => ({ status: 403, json: { code: 'NO_AUTH', message: '无权限' } }))
  await expect(client.fundBalance('OPERATION')).rejects.toMatchObject({ kind: 'platform', code: 'NO_AUTH' })
  expect(() => client.fundBalance('OTHER' as 'BASIC')).toThrow('account_type')
  expect(() => client.dayEndBalance('BASIC', '2026-02-30')).toThrow('date')
})
