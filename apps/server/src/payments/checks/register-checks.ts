import type { CheckLevel, CheckResult } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { registerMerchantCheck } from '../check-merchants.ts'
import type { PaymentsRoom } from '../room.ts'
import { BALANCE_CALL, checkBalance } from './check-balance.ts'
import { checkCertificates } from './check-certificates.ts'
import { CLOCK_CALL, checkClock } from './check-clock.ts'
import { checkNotifyAddress } from './check-notify-address.ts'
import { checkQuery, QUERY_CALL } from './check-query.ts'

interface MerchantCheck {
  readonly name: string
  readonly level: CheckLevel
  /** What it calls, and when it passes. */
  readonly zh: string
  readonly run: (room: PaymentsRoom, hospital: Hospital) => CheckResult | Promise<CheckResult>
}

const CHECKS: readonly MerchantCheck[] = [
  {
    ...{ name: 'payments.certificates', level: 'advice', run: checkCertificates },
    zh: '看配置的微信支付平台证书（不联网）：都还有 30 天以上有效期即通过；公钥没有期限',
  },
  {
    ...{ name: 'payments.notify-address', level: 'advice', run: checkNotifyAddress },
    zh: '看微信支付通知地址（不联网）：公网 https 域名即通过',
  },
  { name: 'payments.query', level: 'calls', zh: QUERY_CALL, run: checkQuery },
  { name: 'payments.balance', level: 'calls', zh: BALANCE_CALL, run: checkBalance },
  { name: 'payments.clock', level: 'calls', zh: CLOCK_CALL, run: checkClock },
]

/** 微信支付: what can be known of each hospital's merchant, offline and by calls that change nothing. */
export function registerPaymentsChecks(room: PaymentsRoom): void {
  registerMerchantCheck(room)
  for (const hospital of room.hospitals.all) {
    if (!hospital.wechatPay) continue
    for (const { name, zh, level, run } of CHECKS)
      room.checks.register({
        ...{ name: `${name}.${hospital.id}`, zh: `${hospital.name}：${zh}`, level },
        hospitalId: hospital.id,
        run: async () => run(room, hospital),
      })
  }
}
