import { DAY_MS, fen, type HospitalId, shanghaiDay } from '@zhangyi/core'
import type { DepositBalance, HisBalances, Recharge } from '@zhangyi/his'
import { HisError } from '@zhangyi/his'
import { findRecharges, MAX_PIECES } from '../../payments/index.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { RefundsRoom } from '../room.ts'

/** A recharge that can go back the way it came. */
export interface Eligible {
  readonly orderId: string
  readonly rechargeId: string
  readonly paidAtMs: number
  readonly paidFen: number
  readonly refundedFen: number
  readonly refundableFen: number
  readonly untilMs: number
}

export interface EligibleRecharges {
  readonly balance: DepositBalance
  /** Newest first. */
  readonly orders: readonly Eligible[]
  /** Recharges of the same time that cannot, e.g. cash. */
  readonly otherCount: number
}

/**
 * What of an archive's recharges can go back the way it came: paid within the year on a merchant number whose key we
 * hold. The HIS says that the money was spent for this archive, our own books what WeChat can give back of it; the
 * smaller of the two counts, and never more than the HIS lets go now. Throws `his-unavailable`, `his-refused`.
 */
export async function findEligible(
  room: RefundsRoom,
  hospitalId: HospitalId,
  patid: string,
): Promise<EligibleRecharges> {
  const hospital = hospitalOf(room, { hospitalId })
  const { maxDays } = hospital.refunds.original
  const nowMs = room.clock.nowMs()
  const { balance, recharges } = await readAccount(room, hospitalId, patid, {
    from: shanghaiDay(nowMs - maxDays * DAY_MS),
    to: shanghaiDay(nowMs),
  })
  const numbers = recharges.flatMap(({ paymentNumber }) => paymentNumber ?? [])
  const known = await room.database.inTransaction(hospitalId, (tx) => findRecharges(tx, numbers))
  const byNumber = new Map(known.map((one) => [one.outTradeNo, one]))
  const orders = recharges.flatMap((recharge): Eligible[] => {
    const paid = byNumber.get(recharge.paymentNumber ?? '')
    if (!paid || recharge.patid !== patid || paid.mchid !== hospital.wechatPay?.mchid) return []
    const untilMs = paid.paidAtMs + maxDays * DAY_MS
    const refundableFen = Math.min(
      ...[paid.refundableFen, recharge.amount - recharge.refunded, balance.refundable],
    )
    if (nowMs >= untilMs || refundableFen < 1 || paid.pieces >= MAX_PIECES || paid.isPayerGone) return []
    const { orderId, paidAtMs, paidFen, refundedFen } = paid
    return [
      { orderId, rechargeId: recharge.rechargeId, paidAtMs, paidFen, refundedFen, refundableFen, untilMs },
    ]
  })
  orders.sort((left, right) => right.paidAtMs - left.paidAtMs)
  const left = recharges.filter(({ amount, refunded }) => amount > refunded)
  return { balance, orders, otherCount: Math.max(0, left.length - orders.length) }
}

async function readAccount(
  room: RefundsRoom,
  hospitalId: HospitalId,
  patid: string,
  days: { readonly from: string; readonly to: string },
): Promise<{ readonly balance: DepositBalance; readonly recharges: readonly Recharge[] }> {
  return askBalances(room, hospitalId, async (balances) => ({
    balance: ownBalance(await balances.of(patid), patid),
    recharges: await balances.recharges({ patid, ...days }),
  }))
}

/** A question about a balance whose failure the patient can read. */
export async function askBalances<T>(
  room: RefundsRoom,
  hospitalId: HospitalId,
  ask: (balances: HisBalances) => Promise<T>,
): Promise<T> {
  const { balances } = room.clients.his(hospitalOf(room, { hospitalId }))
  if (!balances) throw new AppError('refund-closed')
  try {
    return await ask(balances)
  } catch (error) {
    if (!(error instanceof HisError)) throw error
    room.log.warn({ code: error.code, kind: error.kind }, 'the HIS gave no answer for a balance')
    throw new AppError(error.kind === 'unavailable' ? 'his-unavailable' : 'his-refused', { cause: error })
  }
}

/** A balance of somebody else is none. */
export function ownBalance(balance: DepositBalance, patid: string): DepositBalance {
  if (balance.patid === patid) return { ...balance, refundable: fen(Math.max(0, balance.refundable)) }
  throw new AppError('his-refused', { zh: '医院系统返回的余额与您要查的不一致，没有显示。请到窗口办理。' })
}
