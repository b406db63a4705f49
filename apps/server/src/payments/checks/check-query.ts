import type { CheckResult } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { findMerchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import { explainRefusal } from './explain-refusal.ts'

/** Ours begin otherwise, and another system's would hardly be this. */
const NO_SUCH_NUMBER = 'ZHANGYIDOCTORNOSUCHNUMBER0000000'

export const QUERY_CALL =
  '用一个不可能存在的单号调用微信支付的查询接口（开通商家转账的：GET /v3/fund-app/mch-transfer/transfer-bills/out-bill-no/…；否则：GET /v3/refund/domestic/refunds/…）：答复“没有这个单”（NOT_FOUND）即通过，说明商户号、私钥、证书序列号、本机时间都对，本机 IP 可以查询'

export async function checkQuery(room: PaymentsRoom, hospital: Hospital): Promise<CheckResult> {
  const { client } = findMerchant(room, hospital.id) ?? {}
  if (!client) return { ok: false, zh: '没有配置微信支付' }
  try {
    const answer = hospital.wechatPay?.transfer
      ? await client.queryTransferByOutBillNo(NO_SUCH_NUMBER)
      : await client.queryRefund(NO_SUCH_NUMBER)
    if (answer === 'not-found') return { ok: true }
    return { ok: false, zh: '答复说有这个单：这不是微信支付，或者中间有别的系统在答复' }
  } catch (error) {
    return { ok: false, zh: explainRefusal(error, hospital) }
  }
}
