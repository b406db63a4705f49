import { mayOpenWebPage } from './allowed-hosts.ts'
import { type Query, type Route, routes, routeUrl } from './routes.ts'
import { isH5 } from './target.ts'

// Each answers whether it worked, so that a page can offer something else instead of a dead button.
type Navigate = (options: { url: string; success: () => void; fail: () => void }) => unknown

function go(navigate: Navigate, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    navigate({ url, success: () => resolve(true), fail: () => resolve(false) })
  })
}

export function openPage(route: Route, query?: Query): Promise<boolean> {
  return go((options) => uni.navigateTo(options), routeUrl(route, query))
}

/** Leaves no way back to the present page: for pages whose code is spent. */
export function redirectPage(route: Route, query?: Query): Promise<boolean> {
  return go((options) => uni.redirectTo(options), routeUrl(route, query))
}

export function goHome(): Promise<boolean> {
  return go((options) => uni.reLaunch(options), routes.home)
}

export function canGoBack(): boolean {
  return getCurrentPages().length > 1
}

/** H5: an address of ours, whole, for a platform that sends the person back to it. */
export function ownAddress(route: Route, query?: Query): string {
  return `${window.location.origin}/h5${routeUrl(route, query)}`
}

/**
 * Goes on from a page that the person cannot use again. As the only page (they came from outside) it leaves
 * the home page below the next one, so that "back" leads there and not to the platform's spent page.
 */
export async function moveOn(route: Route, query?: Query): Promise<boolean> {
  if (canGoBack()) return redirectPage(route, query)
  await goHome()
  return openPage(route, query)
}

/** Somebody who came by a link has nothing to go back to: then home. */
export function goBack(): void {
  if (canGoBack()) uni.navigateBack({ delta: 1 })
  else void goHome()
}

/** Back to the list that the person came from; by a link they came from nowhere, so there it is opened. */
export function backOr(route: Route, query?: Query): void {
  if (canGoBack()) goBack()
  else void redirectPage(route, query)
}

/**
 * Opens a page of an outside platform. `replace` (the default) removes the page that sent the person there
 * from the history: "back" must not lead to a spent page. False: the address is not on the list.
 */
export async function openPlatformPage(
  url: string,
  history: 'replace' | 'keep' = 'replace',
): Promise<boolean> {
  if (!mayOpenWebPage(url)) return false
  if (!isH5) {
    return history === 'replace' ? redirectPage(routes.webView, { url }) : openPage(routes.webView, { url })
  }
  if (history === 'replace') window.location.replace(url)
  else window.location.assign(url)
  return true
}
