import { DAY_MS, shanghaiDay } from '@zhangyi/core'
import type { CheckResult } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { PaymentsRoom } from '../room.ts'

/** WeChat hands out a new one long before; a month is time enough for a person. */
const LEFT_MS = 30 * DAY_MS

export function checkCertificates({ clients, clock }: PaymentsRoom, hospital: Hospital): CheckResult {
  const keys = clients.wechatPay(hospital)?.ring.keys() ?? []
  const nowMs = clock.nowMs()
  const ending = keys.filter(({ expiresAtMs }) => expiresAtMs !== undefined && expiresAtMs - nowMs < LEFT_MS)
  if (ending.length === 0) return { ok: true }
  const told = ending.map(({ serial, expiresAtMs = 0 }) => `${serial} 到 ${shanghaiDay(expiresAtMs)}`)
  return {
    ok: false,
    zh: `平台证书快到期或已过期（${told.join('，')}）：请下载新的平台证书，或改用微信支付公钥，换用期间两种同时配置`,
  }
}
