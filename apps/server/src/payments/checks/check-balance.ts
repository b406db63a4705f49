import { formatShanghai } from '@zhangyi/core'
import { WechatPayError } from '@zhangyi/wechat-pay'
import type { CheckResult } from '../../platform/checks/checks.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { isClosing } from '../funds/probe-funds.ts'
import { type FundsView, viewFunds } from '../funds/view-funds.ts'
import { findMerchant } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import { explainRefusal } from './explain-refusal.ts'

export const BALANCE_CALL =
  '调用“查询账户实时余额”（GET /v3/merchant/fund/balance/OPERATION）：答复余额即通过；答复没有权限（NO_AUTH，多数普通商户如此）时，本地台账里有运营账户的余额才通过'

const SOURCES = { api: '微信接口', statement: '资金账单', operator: '人工登记' } as const

export async function checkBalance(room: PaymentsRoom, hospital: Hospital): Promise<CheckResult> {
  if (!hospital.wechatPay?.transfer) return { ok: true, zh: '没有配置商家转账，不需要运营账户' }
  const { client } = findMerchant(room, hospital.id) ?? {}
  if (!client) return { ok: false, zh: '没有配置微信支付' }
  try {
    await client.fundBalance('OPERATION')
    return { ok: true, zh: '微信答复了运营账户的余额' }
  } catch (error) {
    if (!(error instanceof WechatPayError) || !isClosing(error))
      return { ok: false, zh: explainRefusal(error, hospital) }
    const funds = await room.database.inTransaction(hospital.id, (tx) => viewFunds(tx, room))
    return ledgerOnly(error.code, funds, room.clock.nowMs())
  }
}

/** The local ledger has to be kept, and is as good as its figure is new. */
function ledgerOnly(code: string, { asOfMs, source }: FundsView, nowMs: number): CheckResult {
  const why = `微信不让这个商户号查余额（${code}），须靠本地台账：每次充值请在运营后台登记`
  if (asOfMs === undefined || !source)
    return {
      ok: false,
      zh: `${why}；现在还没有任何余额数字，请按商户平台“运营账户”登记一次`,
    }
  const hours = Math.floor((nowMs - asOfMs) / 3_600_000)
  return {
    ok: true,
    zh: `${why}；现有的数字是 ${formatShanghai(asOfMs)} 的（${hours} 小时前，${SOURCES[source]}）`,
  }
}
