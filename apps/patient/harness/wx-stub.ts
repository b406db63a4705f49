import { answer } from './wx-answer.ts'
import { createWxNetwork } from './wx-network.ts'
import { createSelectorQuery } from './wx-selector-query.ts'

type Options = Record<string, unknown> & {
  success?: (result: object) => void
  fail?: (result: object) => void
  complete?: (result: object) => void
}
export type WxCall = { readonly name: string; readonly options: unknown }
export type Navigation = { readonly kind: string; readonly url: string }
export type WxOverrides = Readonly<Record<string, unknown>>

export type WxParts = {
  readonly origin: string
  readonly fetch: typeof fetch
  readonly overrides: WxOverrides
  readonly storage: Map<string, unknown>
  readonly calls: WxCall[]
  /** What was downloaded, by the path that the page was given. */
  readonly files: Map<string, Uint8Array>
  /** Answers an error text, or nothing when it worked. */
  readonly navigate: (kind: string, options: Options) => string | undefined
}

const windowInfo = {
  pixelRatio: 2,
  screenWidth: 360,
  screenHeight: 640,
  windowWidth: 360,
  windowHeight: 576,
  statusBarHeight: 20,
  screenTop: 64,
  safeArea: { left: 0, right: 360, top: 20, bottom: 640, width: 360, height: 620 },
}
const deviceInfo = {
  brand: 'harness',
  model: 'harness',
  system: 'Android 14',
  platform: 'android',
  benchmarkLevel: 1,
}
const appInfo = {
  SDKVersion: '3.9.0',
  version: '8.0.50',
  language: 'zh_CN',
  theme: 'light',
  enableDebug: false,
}
// Functions that only have to work; the rest comes from the caller's overrides.
const SUCCEEDING = [
  'setNavigationBarTitle',
  'setNavigationBarColor',
  'hideHomeButton',
  'makePhoneCall',
  'showToast',
  'hideToast',
  'showLoading',
  'hideLoading',
  'showActionSheet',
  'setClipboardData',
  'pageScrollTo',
  'vibrateShort',
  'openSetting',
  'authorize',
  'previewImage',
  'openDocument',
  'scanCode',
  'checkSession',
  'requestSubscribeMessage',
  'startPullDownRefresh',
  'stopPullDownRefresh',
  'navigateToMiniProgram',
  'setKeepScreenOn',
  'setScreenBrightness',
  'setVisualEffectOnCapture',
  'removeStorage',
  'clearStorage',
  'onAppShow',
  'offAppShow',
  'onAppHide',
  'offAppHide',
  'onNetworkStatusChange',
  'getUpdateManager',
  'reportEvent',
  'preloadAssets',
]
const NAVIGATIONS = ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack']

/** WeChat's `wx` as far as pages need it. What pages do outside their screen is written into `calls`. */
export function createWx(parts: WxParts): { wx: Record<string, unknown>; pending: () => number } {
  const { storage, calls } = parts
  const network = createWxNetwork(parts.origin, parts.fetch)
  const known: Record<string, unknown> = {
    canIUse: () => true,
    nextTick: (run: () => void) => queueMicrotask(run),
    getSystemInfoSync: () => ({ ...windowInfo, ...deviceInfo, ...appInfo }),
    getWindowInfo: () => windowInfo,
    getDeviceInfo: () => deviceInfo,
    getAppBaseInfo: () => appInfo,
    getSystemSetting: () => ({}),
    getAppAuthorizeSetting: () => ({}),
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' },
    }),
    getMenuButtonBoundingClientRect: () => ({
      left: 270,
      top: 24,
      right: 354,
      bottom: 56,
      width: 84,
      height: 32,
    }),
    getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1001, referrerInfo: {} }),
    getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1001, referrerInfo: {} }),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, structuredClone(value)),
    removeStorageSync: (key: string) => void storage.delete(key),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 0, limitSize: 10240 }),
    getStorage: (options: Options) => {
      const found = storage.has(String(options['key']))
      answer(
        options,
        found
          ? { errMsg: 'getStorage:ok', data: storage.get(String(options['key'])) }
          : { errMsg: 'getStorage:fail data not found' },
      )
    },
    setStorage: (options: Options) => {
      storage.set(String(options['key']), structuredClone(options['data']))
      answer(options, { errMsg: 'setStorage:ok' })
    },
    showModal: (options: Options) =>
      answer(options, { errMsg: 'showModal:ok', confirm: true, cancel: false }),
    getNetworkType: (options: Options) =>
      answer(options, { errMsg: 'getNetworkType:ok', networkType: 'wifi' }),
    login: (options: Options) => answer(options, { errMsg: 'login:ok', code: 'harness-code' }),
    request: (options: Options) => network.request(options),
    downloadFile: (options: Options) => {
      calls.push({ name: 'downloadFile', options })
      return network.download(options, parts.files)
    },
    getScreenBrightness: (options: Options) =>
      answer(options, { errMsg: 'getScreenBrightness:ok', value: 0.4 }),
    createSelectorQuery: () => createSelectorQuery(calls),
    ...Object.fromEntries(
      NAVIGATIONS.map((kind) => [
        kind,
        (options: Options = {}) => {
          const problem = parts.navigate(kind, options)
          answer(options, { errMsg: problem ? `${kind}:fail ${problem}` : `${kind}:ok` })
        },
      ]),
    ),
  }
  const succeed = (name: string) =>
    recorded(name, (options?: Options) => {
      if (typeof options === 'object' && options !== null) answer(options, { errMsg: `${name}:ok` })
    })
  // A plain object, because uni-app copies `wx` key by key: what is not listed does not exist for pages.
  const wx: Record<string, unknown> = {
    ...Object.fromEntries(SUCCEEDING.map((name) => [name, succeed(name)])),
    ...known,
    ...Object.fromEntries(
      Object.entries(parts.overrides).map(([name, value]) => [name, recorded(name, value)]),
    ),
  }
  function recorded(name: string, value: unknown): unknown {
    if (typeof value !== 'function') return value
    return (...args: unknown[]) => {
      calls.push({ name, options: args[0] })
      return value(...args)
    }
  }
  return { wx, pending: network.pending }
}
