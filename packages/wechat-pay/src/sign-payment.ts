import { type Clock, SECOND_MS } from '@zhangyi/core'
import { newNonce, type Signer } from './sign-request.ts'

/** Arguments of `wx.requestPayment`, and with `appId` of the official account's payment call. */
export interface PaymentParameters {
  readonly appId: string
  /** Seconds since 1970, as text. */
  readonly timeStamp: string
  readonly nonceStr: string
  /** `prepay_id=…`. */
  readonly package: string
  readonly signType: 'RSA'
  readonly paySign: string
}

/** Signs appId, time, nonce and package, each ended by LF. The client's "ok" proves nothing: query the order. */
export function signPayment(
  signer: Signer,
  clock: Clock,
  payment: { readonly appid: string; readonly prepayId: string; readonly nonce?: string },
): PaymentParameters {
  const { appid: appId, prepayId, nonce: nonceStr = newNonce() } = payment
  const timeStamp = String(Math.floor(clock.nowMs() / SECOND_MS))
  const packageText = `prepay_id=${prepayId}`
  const paySign = signer.signText(`${appId}\n${timeStamp}\n${nonceStr}\n${packageText}\n`)
  return { appId, timeStamp, nonceStr, package: packageText, signType: 'RSA', paySign }
}
