import type { Receiving } from '../api/refund-types.ts'
import { isRecord } from './api-error.ts'
import { isVersionAtLeast } from './facial-verify.ts'
import { openBridge } from './open-bridge.ts'
import { isH5 } from './target.ts'
import { weixinBridge } from './weixin-bridge.ts'

/**
 * `ended` says only that WeChat's page was shown and left: whether the money moved is what the gateway asks WeChat.
 * `leaving`: the browser is on its way to another page and comes back. `opened`: that page lies above this one.
 * `unsupported`: here is no such page.
 */
export type ReceiveEnd = 'ended' | 'leaving' | 'opened' | 'unsupported'

type Options = Omit<Receiving, 'bridgePage'> & { complete: (result: unknown) => void }
type Weixin = {
  canIUse?: (name: string) => boolean
  requestMerchantTransfer?: (options: Options) => void
}
declare const wx: Weixin | undefined

const LEAST_VERSION = [3, 3, 0] as const
// What WeChat's clients answer for a function that they do not have, or not here.
const CANNOT = /function[_ ]not[_ ]exist|not[_ ]?support|access[_ ]denied|permission|no such/i

/** Opens WeChat's page of 确认收款, or in development the page in its place. The package goes on untouched. */
export async function openReceiving(
  { bridgePage, ...transfer }: Receiving,
  development: boolean,
  returnTo: () => string,
): Promise<ReceiveEnd> {
  if (bridgePage === null) return isH5 ? receiveByBridge(transfer) : receiveInMiniProgram(transfer)
  const end = await openBridge(bridgePage, development, returnTo)
  if (end === 'refused') return 'unsupported'
  return end === 'left' ? 'leaving' : 'opened'
}

function receiveInMiniProgram(transfer: Omit<Receiving, 'bridgePage'>): Promise<ReceiveEnd> {
  if (typeof wx === 'undefined') return Promise.resolve('unsupported')
  const perform = wx.requestMerchantTransfer
  const can = wx.canIUse?.('requestMerchantTransfer') === true
  if (!perform || !can || !isVersionAtLeast(uni.getAppBaseInfo().SDKVersion ?? '', LEAST_VERSION))
    return Promise.resolve('unsupported')
  return new Promise((resolve) => {
    perform({ ...transfer, complete: (result) => resolve(endOf(result, 'errMsg')) })
  })
}

async function receiveByBridge(transfer: Omit<Receiving, 'bridgePage'>): Promise<ReceiveEnd> {
  const bridge = await weixinBridge()
  if (!bridge) return 'unsupported'
  return new Promise((resolve) => {
    bridge.invoke('requestMerchantTransfer', transfer, (result) => resolve(endOf(result, 'err_msg')))
  })
}

function endOf(result: unknown, name: 'errMsg' | 'err_msg'): 'ended' | 'unsupported' {
  return isRecord(result) && CANNOT.test(String(result[name] ?? '')) ? 'unsupported' : 'ended'
}
