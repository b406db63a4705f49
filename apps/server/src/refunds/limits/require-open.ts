import { formatShanghai, type HospitalId } from '@zhangyi/core'
import { findPayoutStop } from '../../payments/index.ts'
import { AppError } from '../../platform/errors/catalogue.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import { hisRefunds, type RefundsRoom } from '../room.ts'
import type { RefundWay } from '../tables.ts'

/** Why a way is closed at this moment, in words for the patient; undefined: it is open. */
export async function closedBecause(
  room: RefundsRoom,
  hospitalId: HospitalId,
  way: RefundWay,
): Promise<string | undefined> {
  const hospital = hospitalOf(room, { hospitalId })
  const { refunds, wechatPay, counter } = hospital
  const elsewhere = `请到${counter}办理。`
  if (!refunds[way].open) return `本院没有开通这种退款方式，${elsewhere}`
  if (!wechatPay || (way === 'face' && !wechatPay.transfer)) return `本院没有开通这种退款方式，${elsewhere}`
  const { balances } = room.clients.his(hospital)
  if (!balances || !hisRefunds(room, hospital)) return `医院系统还不支持网上退款，${elsewhere}`
  const { from, to } = refunds.hours
  const now = formatShanghai(room.clock.nowMs()).slice(11, 16)
  if (now < from || now >= to) return `网上退款的办理时间是 ${from}–${to}，请到时再来。`
  const stop = await room.database.inTransaction(hospitalId, (tx) => findPayoutStop(tx))
  return stop && `网上退款正在维护，您的余额不受影响，请稍后再试。`
}

export async function requireOpen(room: RefundsRoom, hospitalId: HospitalId, way: RefundWay): Promise<void> {
  const zh = await closedBecause(room, hospitalId, way)
  if (zh !== undefined) throw new AppError('refund-closed', { zh })
}
