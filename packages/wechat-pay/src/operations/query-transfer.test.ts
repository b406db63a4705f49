import { expect, test } from 'vitest'
import { encryptSensitive } from '../oaep.ts'
import { TRANSFER_QUERIED } from '../testing/examples.ts'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'
import { MERCHANT } from '../testing/platform-keys.ts'

test('a transfer is found by our number and by theirs', async () => {
  const { client, sent } = fakeWechatPay(() => ({ json: TRANSFER_QUERIED }))
  const { out_bill_no, transfer_bill_no } = TRANSFER_QUERIED
  const answer = await client.queryTransferByOutBillNo(out_bill_no)
  expect(answer).toEqual({
    mchid: '1900000001',
    appid: 'wx0000test',
    outBillNo: out_bill_no,
    transferBillNo: transfer_bill_no,
    state: 'SUCCESS',
    amountFen: 12_345,
    remark: '门诊预交金退款',
    openid: 'openid-of-zhang-san',
    createTimeMs: Date.parse('2026-11-23T09:00:00+08:00'),
    updateTimeMs: Date.parse('2026-11-23T09:05:00+08:00'),
  })
  expect(await client.queryTransferByTransferBillNo(transfer_bill_no)).toEqual(answer)
  expect(sent.map(({ path }) => path)).toEqual([
    `/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/${out_bill_no}`,
    `/v3/fund-app/mch-transfer/transfer-bills/transfer-bill-no/${transfer_bill_no}`,
  ])
})

test('a state that WeChat adds is final to nobody', async () => {
  const { client } = fakeWechatPay(() => ({ json: { ...TRANSFER_QUERIED, state: 'FROZEN' } }))
  expect(await client.queryTransferByOutBillNo(TRANSFER_QUERIED.out_bill_no)).toMatchObject({
    state: 'UNRECOGNISED',
    raw: 'FROZEN',
  })
})

test('not found is a value, and an answer about another transfer is none', async () => {
  const missing = fakeWechatPay(() => ({ status: 404, json: { code: 'NOT_FOUND', message: '记录不存在' } }))
  expect(await missing.client.queryTransferByOutBillNo('A1')).toBe('not-found')
  const other = fakeWechatPay(() => ({ json: TRANSFER_QUERIED }))
  await expect(other.client.queryTransferByOutBillNo('A1')).rejects.toMatchObject({ code: 'malformed' })
  await expect(other.client.queryTransferByTransferBillNo('1')).rejects.toMatchObject({ code: 'malformed' })
})

test('a 404 that is not NOT_FOUND says nothing', async () => {
  const { client } = fakeWechatPay(() => ({ status: 404, raw: 'nginx' }))
  await expect(client.queryTransferByOutBillNo('A1')).rejects.toMatchObject({
    kind: 'unknown',
    code: 'http-404',
  })
})

test("the payee's name stays encrypted until it is asked for", async () => {
  const user_name = encryptSensitive('张三', MERCHANT.publicKey)
  const { client } = fakeWechatPay(() => ({ json: { ...TRANSFER_QUERIED, user_name } }))
  const answer = await client.queryTransferByOutBillNo(TRANSFER_QUERIED.out_bill_no)
  if (answer === 'not-found') throw new Error(answer)
  expect(client.decryptSensitive(answer.userNameCiphertext ?? '').reveal()).toBe('张三')
})
