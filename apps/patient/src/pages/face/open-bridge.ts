import type { MeView } from '../../api/types.ts'
import { ownAddress } from '../../platform/navigate.ts'
import { type BridgeEnd, openBridge as openStandIn } from '../../platform/open-bridge.ts'
import { routes } from '../../platform/routes.ts'

/** Development only: the page that stands in for WeChat's face dialogue, and back to the face page. */
export function openBridge(page: string, me: MeView): Promise<BridgeEnd> {
  return openStandIn(page, me.developmentBridge, () => ownAddress(routes.face))
}
