import { expect, test } from 'vitest'
import { isFinalRefundStatus } from '../refund-answer.ts'
import { REFUND_ANSWER } from '../testing/examples.ts'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'

test('the number is encoded in the path, and signed as sent', async () => {
  const { client, sent } = fakeWechatPay(() => ({ json: { ...REFUND_ANSWER, status: 'ABNORMAL' } }))
  expect(await client.queryRefund('RF|2026@1123')).toMatchObject({ status: 'ABNORMAL', channel: 'ORIGINAL' })
  expect(sent[0]?.path).toBe('/v3/refund/domestic/refunds/RF%7C2026%401123')
})

test('ABNORMAL is neither final nor failed, nor is a status that WeChat adds', async () => {
  expect(
    ['PROCESSING', 'ABNORMAL', 'UNRECOGNISED'].some((one) => isFinalRefundStatus(one as 'ABNORMAL')),
  ).toBe(false)
  expect(isFinalRefundStatus('SUCCESS') && isFinalRefundStatus('CLOSED')).toBe(true)
  const { client } = fakeWechatPay(() => ({ json: { ...REFUND_ANSWER, status: 'NEW' } }))
  expect(await client.queryRefund('RF|2026@1123')).toMatchObject({ status: 'UNRECOGNISED', raw: 'NEW' })
})

test('not existing is a value', async () => {
  const { client } = fakeWechatPay(() => ({
    status: 404,
    json: { code: 'RESOURCE_NOT_EXISTS', message: '' },
  }))
  expect(await client.queryRefund('R1')).toBe('not-found')
})
