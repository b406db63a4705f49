import { fen } from '@zhangyi/core'
import { MIN_NAMED_TRANSFER_FEN, type PreparedRequest } from '@zhangyi/wechat-pay'
import { AppError } from '../../platform/errors/catalogue.ts'
import type { TransferSettings } from '../funds/payer.ts'
import { type Merchant, merchantOf, notifyUrlOf } from '../merchant.ts'
import type { PaymentsRoom } from '../room.ts'
import type { TransferRow } from '../tables.ts'

export const PAYEE_CONTEXT = 'transfer_order.payee'
const NOT_OPENED = '这家医院还没有开通微信转账退款，请到窗口办理。'

export interface TransferMerchant extends Merchant {
  readonly settings: TransferSettings
}

/** Throws `payment-unavailable`. */
export function transferMerchantOf(room: PaymentsRoom, hospitalId: Parameters<typeof merchantOf>[1]) {
  const merchant = merchantOf(room, hospitalId)
  const settings = merchant.hospital.wechatPay?.transfer
  if (!settings) throw new AppError('payment-unavailable', { zh: NOT_OPENED })
  return { ...merchant, settings } satisfies TransferMerchant
}

/** The exact bytes. With the payee's name wherever one may be sent: only then WeChat checks it and gives a receipt. */
export function prepareTransfer(
  room: PaymentsRoom,
  { client, hospital, settings }: TransferMerchant,
  { appid, openid, payee, amount_fen }: Pick<TransferRow, 'appid' | 'openid' | 'payee' | 'amount_fen'>,
  outBillNo: string,
): PreparedRequest<'transfer-create'> {
  const { sceneId, reportInfos, perception, remark } = settings
  return client.prepareTransfer({
    ...{ appid, outBillNo, openid, sceneId, reportInfos, remark, amountFen: fen(amount_fen) },
    ...(perception !== undefined && { perception }),
    ...(isNamed(amount_fen) && { userName: room.cipher.open(payee, PAYEE_CONTEXT) }),
    notifyUrl: notifyUrlOf(room, hospital),
  })
}

export function isNamed(amountFen: number): boolean {
  return amountFen >= MIN_NAMED_TRANSFER_FEN
}
