import { fen } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { REFUND_ANSWER } from '../testing/examples.ts'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'
import type { RefundInput } from './create-refund.ts'

const { client, sent } = fakeWechatPay(() => ({ json: REFUND_ANSWER }))
const REFUND: RefundInput = {
  outTradeNo: 'ORDER_20261123',
  outRefundNo: 'RF|2026@1123',
  refundFen: fen(2000),
  totalFen: fen(5000),
  reason: '门诊预交金退款',
  notifyUrl: 'https://hospital.example/notify/refund',
}

test('a refund names the order, the amounts and nothing else', async () => {
  const result = await client.sendRefund(client.prepareRefund(REFUND), { attempt: 1 })
  expect(sent[0]).toMatchObject({ method: 'POST', path: '/v3/refund/domestic/refunds' })
  expect(sent[0]?.json).toEqual({
    out_trade_no: 'ORDER_20261123',
    out_refund_no: 'RF|2026@1123',
    reason: '门诊预交金退款',
    notify_url: 'https://hospital.example/notify/refund',
    amount: { refund: 2000, total: 5000, currency: 'CNY' },
  })
  expect(result).toMatchObject({
    kind: 'yes',
    value: { status: 'PROCESSING', refundFen: 2000, totalFen: 5000, userReceivedAccount: '支付用户零钱' },
  })
})

test.each<[string, object]>([
  ['out_refund_no', { outRefundNo: 'a b' }],
  ['out_refund_no', { outRefundNo: 'a'.repeat(65) }],
  ['amount.refund', { refundFen: fen(0) }],
  ['amount.refund', { refundFen: fen(5001) }],
  ['transaction_id', { transactionId: '1' }],
  ['out_trade_no', { outTradeNo: undefined }],
  ['reason', { reason: '原'.repeat(81) }],
])('%s is checked before anything is sent', (field, wrong) => {
  const input = { ...REFUND, ...wrong } as RefundInput
  expect(() => client.prepareRefund(input)).toThrow(expect.objectContaining({ field }))
})

test('an account that no longer exists refuses at the first sending; missing funds keep the number', async () => {
  const send = (code: string, attempt: number) => {
    const { client } = fakeWechatPay(() => ({ status: 403, json: { code, message: '' } }))
    return client.sendRefund(client.prepareRefund(REFUND), { attempt })
  }
  expect(await send('USER_ACCOUNT_ABNORMAL', 1)).toMatchObject({ kind: 'no', code: 'USER_ACCOUNT_ABNORMAL' })
  expect((await send('USER_ACCOUNT_ABNORMAL', 2)).kind).toBe('unknown')
  expect(await send('NOT_ENOUGH', 1)).toMatchObject({ kind: 'unknown', call: { class: 'waiting-for-funds' } })
})
