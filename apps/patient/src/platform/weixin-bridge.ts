type Bridge = { invoke: (name: string, args: object, done: (result: unknown) => void) => void }
declare global {
  interface Window {
    WeixinJSBridge?: Bridge
  }
}

// WeChat puts its bridge into the page soon after loading; another browser never does.
const BRIDGE_WAIT_MS = 3000

/** H5: what WeChat's own browser offers a page. Undefined: this is another browser. */
export function weixinBridge(): Promise<Bridge | undefined> {
  if (window.WeixinJSBridge) return Promise.resolve(window.WeixinJSBridge)
  return new Promise((resolve) => {
    const done = () => resolve(window.WeixinJSBridge)
    document.addEventListener('WeixinJSBridgeReady', done, { once: true })
    setTimeout(done, BRIDGE_WAIT_MS)
  })
}
