import { isRecord } from './api-error.ts'
import { isH5 } from './target.ts'

/** `ended` says only that the dialogue is over: how it ended is what the gateway asks WeChat's server. */
export type FacialVerify = 'ended' | 'cancelled' | 'unsupported'

type Options = { verifyId: string; success: () => void; fail: (failure: unknown) => void }
type Weixin = { requestFacialVerify?: (options: Options) => void }
declare const wx: Weixin | undefined

const LEAST_VERSION = [3, 8, 12] as const

export function isVersionAtLeast(version: string, least: readonly number[] = LEAST_VERSION): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of least.entries()) {
    const part = parts[index] ?? 0
    if (Number.isNaN(part)) return false
    if (part !== wanted) return part > wanted
  }
  return true
}

// WeChat's codes (face 2.0): the device or its system cannot do it at all.
const UNSUPPORTED_CODES = [90001, 90109]

/** Performs the check that the gateway has started. Only a mini program of a recent WeChat can. */
export function requestFacialVerify(verifyId: string): Promise<FacialVerify> {
  if (isH5 || typeof wx === 'undefined') return Promise.resolve('unsupported')
  const perform = wx.requestFacialVerify
  if (!perform || !isVersionAtLeast(uni.getAppBaseInfo().SDKVersion ?? ''))
    return Promise.resolve('unsupported')
  return new Promise((resolve) => {
    perform({
      verifyId,
      success: () => resolve('ended'),
      fail: (failure) => resolve(isUnsupported(failure) ? 'unsupported' : 'cancelled'),
    })
  })
}

function isUnsupported(failure: unknown): boolean {
  const code = isRecord(failure) ? Number(failure['errCode'] ?? failure['errcode']) : Number.NaN
  return UNSUPPORTED_CODES.includes(code)
}
