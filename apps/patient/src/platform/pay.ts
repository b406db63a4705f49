import type { Payment, PayParameters } from '../api/visit-types.ts'
import { mayOpenWebPage } from './allowed-hosts.ts'
import { isH5 } from './target.ts'
import { weixinBridge } from './weixin-bridge.ts'

/**
 * `ended` says only that the dialogue is over: whether the money moved is what the gateway asks WeChat. `leaving`: the
 * browser is on its way to another page and comes back to this one. `unsupported`: here is no WeChat.
 */
export type PayEnd = 'ended' | 'leaving' | 'unsupported'

/** Opens WeChat's payment, or in development the page in its place, which leads back to `returnTo`. */
export async function openPayment({ payment, cashierUrl }: Payment, returnTo: () => string): Promise<PayEnd> {
  if (!payment) return 'ended'
  if (!isH5) return payInMiniProgram(payment)
  if (cashierUrl === null) return payByBridge(payment)
  if (!mayOpenWebPage(cashierUrl)) return 'unsupported'
  const mark = cashierUrl.includes('?') ? '&' : '?'
  window.location.assign(`${cashierUrl}${mark}return=${encodeURIComponent(returnTo())}`)
  return 'leaving'
}

function payInMiniProgram({ appId: _, ...payment }: PayParameters): Promise<PayEnd> {
  return new Promise((resolve) => {
    uni.requestPayment({
      provider: 'wxpay',
      orderInfo: '',
      ...payment,
      complete: () => resolve('ended'),
    })
  })
}

async function payByBridge(payment: PayParameters): Promise<PayEnd> {
  const bridge = await weixinBridge()
  if (!bridge) return 'unsupported'
  return new Promise((resolve) => {
    bridge.invoke('getBrandWCPayRequest', payment, () => resolve('ended'))
  })
}
