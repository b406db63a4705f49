import { isH5 } from './target.ts'

type Options = { tmplIds: string[]; complete: () => void }
type Weixin = { requestSubscribeMessage?: (options: Options) => void }
declare const wx: Weixin | undefined

// WeChat asks for at most three at once, and only on a tap of the person's.
const MOST = 3

/**
 * Mini program: asks whether the hospital may send news of what was just begun. Whatever is answered, the work goes on;
 * the gateway learns from WeChat who may be written to.
 */
export function askSubscription(templateIds: readonly string[]): Promise<void> {
  const ask = isH5 || typeof wx === 'undefined' ? undefined : wx.requestSubscribeMessage
  if (!ask || templateIds.length === 0) return Promise.resolve()
  return new Promise((resolve) => {
    ask({ tmplIds: templateIds.slice(0, MOST), complete: () => resolve() })
  })
}
