import type { HospitalId } from '@zhangyi/core'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { PaymentsParts } from '../room.ts'

export type TransferSettings = NonNullable<NonNullable<Hospital['wechatPay']>['transfer']>

/** Out of whose 运营账户 a hospital's transfers are paid. */
export interface Payer {
  readonly mchid: string
  readonly settings: TransferSettings
}

/** Undefined where the hospital pays no transfers. */
export function findPayer(
  { hospitals }: Pick<PaymentsParts, 'hospitals'>,
  hospitalId: HospitalId,
): Payer | undefined {
  const merchant = hospitals.find(hospitalId)?.wechatPay
  return merchant?.transfer && { mchid: merchant.mchid, settings: merchant.transfer }
}

export function payerOf(room: Pick<PaymentsParts, 'hospitals'>, hospitalId: HospitalId): Payer {
  const payer = findPayer(room, hospitalId)
  if (!payer) throw new Error('this hospital pays no transfers')
  return payer
}
