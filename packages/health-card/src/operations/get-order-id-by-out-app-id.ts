import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { textOf } from '../read-members.ts'

/**
 * 获取卡包订单ID (svc 142), with which `…/open/takeMsCard` puts the card into WeChat's card package. A read. `appId` is
 * the platform's, ours unless said. Confidence: several sources; one calls appId optional.
 */
export function getOrderIdByOutAppId(
  caller: Caller,
  request: { readonly appId?: string; readonly qrCodeText: string },
  context: CallContext,
): Promise<{ readonly orderId: string }> {
  return caller.read('getOrderIdByOutAppId', { appId: caller.appId, ...request }, context, (rsp) => {
    const orderId = textOf(rsp, 'orderId')
    return orderId === undefined ? undefined : { orderId }
  })
}
