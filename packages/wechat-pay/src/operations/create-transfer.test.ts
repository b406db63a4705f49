import { fen, sensitive } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { WechatPayInputError } from '../errors.ts'
import { decryptSensitive } from '../oaep.ts'
import { TRANSFER, TRANSFER_CREATED } from '../testing/examples.ts'
import { fakeWechatPay } from '../testing/fake-wechat-pay.ts'
import { PLATFORM, PUBLIC_KEY_ID } from '../testing/platform-keys.ts'
import type { TransferInput } from './create-transfer.ts'

const { client } = fakeWechatPay(() => ({ json: TRANSFER_CREATED }))
const bodyOf = (input: TransferInput) =>
  JSON.parse(Buffer.from(client.prepareTransfer(input).body).toString('utf8'))
const { perception, userName, notifyUrl, ...LEAST } = TRANSFER

test('the body holds the documented fields, the name encrypted', () => {
  const prepared = client.prepareTransfer(TRANSFER)
  expect(prepared).toMatchObject({
    endpoint: 'transfer-create',
    method: 'POST',
    path: '/v3/fund-app/mch-transfer/transfer-bills',
    number: TRANSFER.outBillNo,
    encryptionKeyId: PUBLIC_KEY_ID,
  })
  const { user_name, ...body } = bodyOf(TRANSFER)
  expect(body).toEqual({
    appid: 'wx0000test',
    out_bill_no: 'REFUND20261123A1',
    transfer_scene_id: '1011',
    openid: 'openid-of-zhang-san',
    transfer_amount: 12345,
    transfer_remark: '门诊预交金退款',
    notify_url: 'https://hospital.example/notify/transfer',
    user_recv_perception: '退款',
    transfer_scene_report_infos: [{ info_type: '赔付原因', info_content: '门诊预交金退款' }],
  })
  expect(decryptSensitive(user_name, PLATFORM.privateKey)).toBe('张三')
})

test('what is not given is left out: never null, and nothing that the platform does not know', () => {
  const body = bodyOf({ ...LEAST, amountFen: fen(20), surplus: 1 } as TransferInput)
  expect(Object.keys(body).sort()).toEqual([
    ...['appid', 'openid', 'out_bill_no', 'transfer_amount', 'transfer_remark'],
    ...['transfer_scene_id', 'transfer_scene_report_infos'],
  ])
  expect(client.prepareTransfer({ ...LEAST, amountFen: fen(20) }).encryptionKeyId).toBeUndefined()
})

test.each<[string, Partial<TransferInput>]>([
  ['out_bill_no', { outBillNo: '9b2f-4c' }],
  ['out_bill_no', { outBillNo: 'A'.repeat(33) }],
  ['out_bill_no', { outBillNo: '' }],
  ['transfer_amount', { amountFen: fen(9) }],
  ['transfer_amount', { amountFen: fen(-100) }],
  ['user_name', { amountFen: fen(29) }],
  ['user_name', { userName: sensitive('') }],
  ['transfer_remark', { remark: '退'.repeat(33) }],
  ['transfer_remark', { remark: ' ' }],
  ['notify_url', { notifyUrl: 'http://hospital.example/notify' }],
  ['notify_url', { notifyUrl: 'https://hospital.example/notify?a=1' }],
  ['notify_url', { notifyUrl: 'http://127.0.0.1:8080/notify' }],
  ['openid', { openid: '' }],
  ['transfer_scene_id', { sceneId: '' }],
  ['transfer_scene_report_infos', { reportInfos: [] }],
  ['transfer_scene_report_infos.info_type', { reportInfos: [{ type: '类'.repeat(16), content: 'c' }] }],
  ['transfer_scene_report_infos.info_content', { reportInfos: [{ type: 't', content: '' }] }],
  ['user_recv_style', { receiveStyle: 'RED_PACKET', amountFen: fen(20_001) }],
  ['appid', { appid: 'wx"' }],
])('%s is checked before anything is sent', (field, wrong) => {
  expect(() => client.prepareTransfer({ ...TRANSFER, ...wrong })).toThrow(expect.objectContaining({ field }))
})

test('a name is required from 2,000 yuan', () => {
  expect(() => client.prepareTransfer({ ...LEAST, amountFen: fen(199_999) })).not.toThrow()
  expect(() => client.prepareTransfer({ ...LEAST, amountFen: fen(200_000) })).toThrow(WechatPayInputError)
})

test('local notify URLs only where development allows them', () => {
  const local = fakeWechatPay(() => 'silence', { allowLocalNotifyUrls: true }).client
  const prepare = (url: string) => () => local.prepareTransfer({ ...TRANSFER, notifyUrl: url })
  expect(prepare('http://127.0.0.1:8080/notify')).not.toThrow()
  expect(prepare('http://10.0.0.1/notify')).toThrow('notify_url')
})

test('the package is there to be stored, and cannot be printed', async () => {
  const result = await client.sendTransfer(client.prepareTransfer(TRANSFER), { attempt: 1 })
  if (result.kind !== 'yes') throw new Error(result.kind)
  expect(result.value.packageInfo?.reveal()).toBe(TRANSFER_CREATED.package_info)
  expect(JSON.stringify(result)).not.toContain(TRANSFER_CREATED.package_info)
})
