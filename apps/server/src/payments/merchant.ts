import type { HospitalId } from '@zhangyi/core'
import type { WechatPayClient } from '@zhangyi/wechat-pay'
import { AppError } from '../platform/errors/catalogue.ts'
import type { Hospital } from '../platform/hospitals/hospitals.ts'
import type { PaymentsRoom } from './room.ts'

export interface Merchant {
  readonly hospital: Hospital
  readonly client: WechatPayClient
  readonly mchid: string
}

/** The merchant of a hospital; undefined where it takes no money. Throws where its key files cannot be used. */
export function findMerchant(
  room: Pick<PaymentsRoom, 'hospitals' | 'clients'>,
  hospitalId: HospitalId,
): Merchant | undefined {
  const hospital = room.hospitals.find(hospitalId)
  const client = hospital && room.clients.wechatPay(hospital)
  if (!client || !hospital.wechatPay) return undefined
  return { hospital, client, mchid: hospital.wechatPay.mchid }
}

/** As `findMerchant`; key files that cannot be used say nothing of what was sent, and are told to the log. */
export function usableMerchant(
  room: Pick<PaymentsRoom, 'hospitals' | 'clients' | 'log'>,
  hospitalId: HospitalId,
): Merchant | undefined {
  try {
    return findMerchant(room, hospitalId)
  } catch (error) {
    room.log.error({ err: error }, 'WeChat Pay could not be asked')
    return undefined
  }
}

/** The merchant for a patient who is waiting. Throws `payment-unavailable`. */
export function merchantOf(
  room: Pick<PaymentsRoom, 'hospitals' | 'clients'>,
  hospitalId: HospitalId,
): Merchant {
  let merchant: Merchant | undefined
  try {
    merchant = findMerchant(room, hospitalId)
  } catch (cause) {
    throw new AppError('payment-unavailable', { cause })
  }
  if (!merchant)
    throw new AppError('payment-unavailable', { zh: '这家医院还没有开通微信支付，请到窗口缴费。' })
  return merchant
}

/** Where WeChat tells a hospital what became of its payments and refunds. */
export function notifyUrlOf(
  { publicOrigin }: Pick<PaymentsRoom, 'publicOrigin'>,
  hospital: Hospital,
): string {
  const origin = hospital.wechatPay?.notifyOrigin ?? publicOrigin
  return `${origin}/api/v1/payments/notify/${hospital.id}`
}
