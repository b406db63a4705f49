import type { Payment, PayParameters } from '../api/visit-types.ts'
import { mayOpenWebPage } from './allowed-hosts.ts'
import { isH5 } from './target.ts'

/**
 * `ended` says only that the dialogue is over: whether the money moved is what the gateway asks WeChat. `leaving`: the
 * browser is on its way to another page and comes back to this one. `unsupported`: here is no WeChat.
 */
export type PayEnd = 'ended' | 'leaving' | 'unsupported'

type Bridge = { invoke: (name: string, args: object, done: (result: unknown) => void) => void }
declare global {
  interface Window {
    WeixinJSBridge?: Bridge
  }
}

// WeChat puts its bridge into the page soon after loading; another browser never does.
const BRIDGE_WAIT_MS = 3000

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

function weixinBridge(): Promise<Bridge | undefined> {
  if (window.WeixinJSBridge) return Promise.resolve(window.WeixinJSBridge)
  return new Promise((resolve) => {
    const done = () => resolve(window.WeixinJSBridge)
    document.addEventListener('WeixinJSBridgeReady', done, { once: true })
    setTimeout(done, BRIDGE_WAIT_MS)
  })
}
