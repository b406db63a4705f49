import type { MeView } from '../../api/types.ts'
import { isLocalUrl } from '../../platform/allowed-hosts.ts'
import { openPlatformPage, ownAddress } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { isH5 } from '../../platform/target.ts'

/**
 * Development only: the sandbox's page that stands in for WeChat's face dialogue. Refused unless the gateway
 * says that it runs in development mode and the page is on this very machine.
 */
export async function openBridge(page: string, me: MeView): Promise<'left' | 'opened' | 'refused'> {
  if (!me.developmentBridge || !isLocalUrl(page)) return 'refused'
  if (isH5) {
    const back = encodeURIComponent(ownAddress(routes.face))
    return (await openPlatformPage(`${page}?return=${back}`)) ? 'left' : 'refused'
  }
  // A web-view cannot return to a page of ours by itself: the person comes back by "back".
  return (await openPlatformPage(page, 'keep')) ? 'opened' : 'refused'
}
