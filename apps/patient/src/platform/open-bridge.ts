import { isLocalUrl } from './allowed-hosts.ts'
import { openPlatformPage } from './navigate.ts'
import { isH5 } from './target.ts'

/** `left`: the browser goes there and comes back. `opened`: it lies above this page until the person goes back. */
export type BridgeEnd = 'left' | 'opened' | 'refused'

/**
 * Development only: the sandbox's page that stands in for a dialogue of WeChat. Refused unless the gateway says that it
 * runs in development mode and the page is on this very machine.
 */
export async function openBridge(
  page: string,
  development: boolean,
  returnTo: () => string,
): Promise<BridgeEnd> {
  if (!development || !isLocalUrl(page)) return 'refused'
  if (isH5) {
    const mark = page.includes('?') ? '&' : '?'
    return (await openPlatformPage(`${page}${mark}return=${encodeURIComponent(returnTo())}`))
      ? 'left'
      : 'refused'
  }
  // A web-view cannot return to a page of ours by itself: the person comes back by "back".
  return (await openPlatformPage(page, 'keep')) ? 'opened' : 'refused'
}
