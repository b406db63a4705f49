import type { MeView } from '../api/types.ts'
import { openPlatformPage, ownAddress, redirectPage } from '../platform/navigate.ts'
import { routes } from '../platform/routes.ts'
import { isH5 } from '../platform/target.ts'
import { type CodeErrand, errandPage, rememberErrand } from './wechat-code.ts'

/**
 * Sends the person to fetch a fresh wechatCode: on H5 to the platform's page, in the mini program to the
 * subpackage with the platform's plugin. Both come back to the page of the errand. False: no way there.
 */
export async function fetchWechatCode(errand: CodeErrand, me: MeView): Promise<boolean> {
  rememberErrand(errand)
  if (!isH5) return redirectPage(routes.cardPlugin)
  if (me.wechatCodePage === null) return false
  const { route, query } = errandPage(errand)
  return openPlatformPage(me.wechatCodePage + encodeURIComponent(ownAddress(route, query)))
}
