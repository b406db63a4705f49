import { fen, sensitive } from '@zhangyi/core'
import type { TransferInput } from '../operations/create-transfer.ts'

/** What a hospital would send, and what WeChat Pay answers to it. Tests only. */
export const TRANSFER: TransferInput = {
  outBillNo: 'REFUND20261123A1',
  sceneId: '1011',
  reportInfos: [{ type: '赔付原因', content: '门诊预交金退款' }],
  perception: '退款',
  openid: 'openid-of-zhang-san',
  userName: sensitive('张三'),
  amountFen: fen(12_345),
  remark: '门诊预交金退款',
  notifyUrl: 'https://hospital.example/notify/transfer',
}

export const TRANSFER_CREATED = {
  out_bill_no: TRANSFER.outBillNo,
  transfer_bill_no: '1330000071100999991182020050700019480001',
  create_time: '2026-11-23T09:00:00+08:00',
  state: 'WAIT_USER_CONFIRM',
  package_info: 'affffddafdfafddffda==',
}

export const TRANSFER_QUERIED = {
  mch_id: '1900000001',
  out_bill_no: TRANSFER.outBillNo,
  transfer_bill_no: TRANSFER_CREATED.transfer_bill_no,
  appid: 'wx0000test',
  state: 'SUCCESS',
  transfer_amount: 12_345,
  transfer_remark: '门诊预交金退款',
  openid: 'openid-of-zhang-san',
  create_time: '2026-11-23T09:00:00+08:00',
  update_time: '2026-11-23T09:05:00+08:00',
}

export const REFUND_ANSWER = {
  refund_id: '50000000382019052709732678859',
  out_refund_no: 'RF|2026@1123',
  transaction_id: '1217752501201407033233368018',
  out_trade_no: 'ORDER_20261123',
  channel: 'ORIGINAL',
  user_received_account: '支付用户零钱',
  create_time: '2026-11-23T09:00:00+08:00',
  status: 'PROCESSING',
  amount: { total: 5000, refund: 2000, payer_total: 5000, payer_refund: 2000, currency: 'CNY' },
}

export const PAYMENT_ANSWER = {
  mchid: '1900000001',
  appid: 'wx0000test',
  out_trade_no: 'ORDER_20261123',
  transaction_id: '1217752501201407033233368018',
  trade_state: 'SUCCESS',
  success_time: '2026-11-23T09:01:00+08:00',
  payer: { openid: 'openid-of-zhang-san' },
  amount: { total: 5000, payer_total: 5000, currency: 'CNY', payer_currency: 'CNY' },
}
