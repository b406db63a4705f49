import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { collectBytes } from '../testing/collect-bytes.ts'
import { fakeWechatPay, MAIN } from '../testing/fake-wechat-pay.ts'

const FILE = Buffer.from('%PDF-1.7 回单')
const finished = {
  state: 'FINISHED',
  hash_type: 'SHA256',
  hash_value: createHash('sha256').update(FILE).digest('hex').toUpperCase(),
  download_url: `${MAIN}/v3/transferbilldownload/elecvoucherfile?token=t`,
}

test('a receipt is asked for, read and downloaded, by either number', async () => {
  const { client, sent } = fakeWechatPay(({ method, path }) => {
    if (path.startsWith('/v3/transferbilldownload')) return { raw: FILE, signed: 'none' }
    return { json: method === 'POST' ? { state: 'GENERATING' } : finished }
  })
  const asked = await client.sendReceipt(client.prepareReceipt({ outBillNo: 'A1' }), { attempt: 1 })
  expect(asked).toMatchObject({ kind: 'yes', value: { state: 'GENERATING' } })
  expect(sent[0]).toMatchObject({
    path: '/v3/fund-app/mch-transfer/elecsign/out-bill-no',
    json: { out_bill_no: 'A1' },
  })
  expect(client.prepareReceipt({ transferBillNo: '133' }).path).toBe(
    '/v3/fund-app/mch-transfer/elecsign/transfer-bill-no',
  )
  const receipt = await client.readReceipt({ transferBillNo: '133' })
  if (receipt === 'not-found' || receipt.state !== 'FINISHED') throw new Error('not finished')
  expect(await collectBytes(client.downloadReceipt(receipt))).toEqual(FILE)
})

test('a receipt that failed says why; one that nobody asked for is not found', async () => {
  const failed = fakeWechatPay(() => ({ json: { state: 'FAILED', fail_reason: 'x' } }))
  expect(await failed.client.readReceipt({ outBillNo: 'A1' })).toEqual({ state: 'FAILED', failReason: 'x' })
  const missing = fakeWechatPay(() => ({ status: 404, json: { code: 'NOT_FOUND', message: '' } }))
  expect(await missing.client.readReceipt({ outBillNo: 'A1' })).toBe('not-found')
})
