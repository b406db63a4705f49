import { expect, test } from 'vitest'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'

const answer = {
  out_bill_no: 'A1',
  transfer_bill_no: '13300',
  state: 'CANCELING',
  update_time: '2026-11-23T09:00:00+08:00',
}

test('a cancel is a POST without body; its yes means accepted', async () => {
  const { client, sent } = fakeWechatPay(() => ({ json: answer }))
  const result = await client.sendTransferCancel(client.prepareTransferCancel('A1'), { attempt: 1 })
  expect(result).toMatchObject({ kind: 'yes', value: { state: 'CANCELING', outBillNo: 'A1' } })
  expect(sent[0]).toMatchObject({
    method: 'POST',
    path: '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/A1/cancel',
    json: undefined,
  })
  expect(sent[0]?.headers['content-type']).toBeUndefined()
})

test('a cancel that comes too late is refused at its first sending, and unknown later', async () => {
  const { client } = fakeWechatPay(() => ({
    status: 400,
    json: { code: 'INVALID_REQUEST', message: '状态不允许' },
  }))
  const prepared = client.prepareTransferCancel('A1')
  expect((await client.sendTransferCancel(prepared, { attempt: 1 })).kind).toBe('no')
  expect((await client.sendTransferCancel(prepared, { attempt: 2 })).kind).toBe('unknown')
  expect(() => client.prepareTransferCancel('A-1')).toThrow('out_bill_no')
})
