import { sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { decryptSensitive } from '../oaep.ts'
import { REFUND_ANSWER } from '../testing/examples.ts'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'
import { PLATFORM, PUBLIC_KEY_ID } from '../testing/platform-keys.ts'

const { client, sent } = fakeWechatPay(() => ({ json: REFUND_ANSWER }))
const REFUND = { refundId: '5000', outRefundNo: REFUND_ANSWER.out_refund_no }

test('account and name of a bank card go out encrypted', async () => {
  const prepared = client.prepareAbnormalRefund({
    ...REFUND,
    to: {
      type: 'USER_BANK_CARD',
      bankType: 'ICBC_DEBIT',
      bankAccount: sensitive('6222020200112233'),
      realName: sensitive('张三'),
    },
  })
  expect(prepared.encryptionKeyId).toBe(PUBLIC_KEY_ID)
  expect((await client.sendAbnormalRefund(prepared, { attempt: 1 })).kind).toBe('yes')
  expect(sent[0]?.path).toBe('/v3/refund/domestic/refunds/5000/apply-abnormal-refund')
  const body = sent[0]?.json as Record<string, string>
  expect(body).toMatchObject({
    out_refund_no: REFUND.outRefundNo,
    type: 'USER_BANK_CARD',
    bank_type: 'ICBC_DEBIT',
  })
  expect(decryptSensitive(body['bank_account'] ?? '', PLATFORM.privateKey)).toBe('6222020200112233')
  expect(decryptSensitive(body['real_name'] ?? '', PLATFORM.privateKey)).toBe('张三')
})

test("to the merchant's own card nothing personal is sent", () => {
  const prepared = client.prepareAbnormalRefund({ ...REFUND, to: { type: 'MERCHANT_BANK_CARD' } })
  expect(JSON.parse(Buffer.from(prepared.body).toString())).toEqual({
    out_refund_no: REFUND.outRefundNo,
    type: 'MERCHANT_BANK_CARD',
  })
  expect(prepared.encryptionKeyId).toBeUndefined()
})
