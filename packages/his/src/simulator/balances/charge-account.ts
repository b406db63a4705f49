import { type Fen, fen } from '@zhangyi/core'
import type { PaymentChannel, Recharge } from '../../balances.ts'
import { bookEntry } from '../bills/book-entry.ts'
import { type HospitalState, nextNumber } from '../hospital-state.ts'

/** A recharge as it is told to the hospital, e.g. after a payment in WeChat. */
export interface Charge {
  readonly amount: Fen
  /** `wechat` when absent. */
  readonly channel?: PaymentChannel
  readonly channelName?: string
  /** 商户订单号; without one the recharge cannot go back by the original route. */
  readonly paymentNumber?: string
  readonly channelNumber?: string
  /** ISO 8601 instant; now when absent. */
  readonly paidAt?: string
}

/** Books money that came in. Throws `RangeError` for an unknown archive or an amount that is none. */
export function chargeAccount(state: HospitalState, patid: string, charge: Charge, nowMs: number): Recharge {
  if (!state.archives.some((archive) => archive.patid === patid)) throw new RangeError('no such archive')
  if (!(charge.amount > 0)) throw new RangeError('a recharge is more than nothing')
  const recharge: Recharge = {
    rechargeId: nextNumber(state, 'CZ'),
    patid,
    paymentNumber: charge.paymentNumber,
    channelNumber: charge.channelNumber,
    channel: charge.channel ?? 'wechat',
    channelName: charge.channelName,
    amount: fen(charge.amount),
    refunded: fen(0),
    paidAt: charge.paidAt ?? new Date(nowMs).toISOString(),
  }
  state.recharges.push(recharge)
  // Booked when it was paid, so that a recharge of the past stands in the bill of its day.
  bookEntry(state, {
    ...recharge,
    hisNumber: recharge.rechargeId,
    kind: 'recharge',
    bookedAt: recharge.paidAt,
  })
  return recharge
}
