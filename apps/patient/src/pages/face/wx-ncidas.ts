import type { NcidasParameters, PhoneSystem } from '../../api/face-types.ts'
import { isRecord } from '../../platform/api-error.ts'
import { isH5 } from '../../platform/target.ts'

export type NcidasAnswer =
  | { readonly kind: 'answered'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unsupported' }

type Options = NcidasParameters & {
  success: (result: unknown) => void
  fail: (failure: unknown) => void
}
type Weixin = { ncidas?: (options: Options) => void }
declare const wx: Weixin | undefined

/** Opens the national network identity app. WeChat gives `wx.ncidas` only to whom it was opened for, and no H5. */
export function callNcidas(parameters: NcidasParameters): Promise<NcidasAnswer> {
  const perform = isH5 || typeof wx === 'undefined' ? undefined : wx.ncidas
  if (!perform) return Promise.resolve({ kind: 'unsupported' })
  return new Promise((resolve) => {
    perform({
      ...parameters,
      success: (result) => resolve({ kind: 'answered', result: isRecord(result) ? result : {} }),
      fail: () => resolve({ kind: 'cancelled' }),
    })
  })
}

/** The national platform gives a business number for each system. */
export function phoneSystem(): PhoneSystem {
  const { platform } = uni.getDeviceInfo()
  if (platform === 'android' || platform === 'ios') return platform
  return platform === 'ohos' || platform === 'harmonyos' ? 'harmony' : 'other'
}
