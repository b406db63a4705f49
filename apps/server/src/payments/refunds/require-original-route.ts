import { DAY_MS } from '@zhangyi/core'
import type { Tx } from '../../platform/database/tx.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { viewRecharges } from '../deposits/find-recharges.ts'
import type { PaymentsParts } from '../room.ts'
import type { OrderRow } from '../tables.ts'

/** WeChat's limit for one order. */
export const MAX_PIECES = 50

/** Whether WeChat takes one more refund of a recharge. The order is held. Throws `payment-refused`. */
export async function requireOriginalRoute(
  tx: Tx,
  { clock, hospitals }: Pick<PaymentsParts, 'clock' | 'hospitals'>,
  order: OrderRow,
): Promise<void> {
  const refuse = (zh: string) => new AppError('payment-refused', { zh })
  const hospital = hospitals.find(tx.hospitalId)
  if (!hospital || order.mchid === null || order.mchid !== hospital.wechatPay?.mchid)
    throw refuse('这笔充值不是本院现在的微信商户号收的，不能原路退回。')
  const { maxDays } = hospital.refunds.original
  if (clock.nowMs() - (order.paid_at_ms ?? 0) > maxDays * DAY_MS)
    throw refuse(`这笔充值已经超过 ${maxDays} 天，不能原路退回。`)
  const [recharge] = await viewRecharges(tx, [order])
  if (!recharge || recharge.pieces >= MAX_PIECES)
    throw refuse(`这笔充值已经分 ${MAX_PIECES} 次退过，微信不再接受，不能原路退回。`)
}
