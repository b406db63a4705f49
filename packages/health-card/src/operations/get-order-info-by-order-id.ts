import type { Caller } from '../create-caller.ts'
import type { CallContext } from '../options.ts'
import { textOf } from '../read-members.ts'
import { idTypeOf } from '../read-person.ts'

export interface OrderPerson {
  readonly name: string
  readonly idCard: string
  readonly cardType: string
}

/**
 * 实人用户信息获取 (svc 303): whose face the hospital's page has to check; orderId and verifyType arrive in the query
 * of faceUrl. A read. Confidence: three sources.
 */
export function getOrderInfoByOrderId(
  caller: Caller,
  request: { readonly orderId: string; readonly verifyType: number },
  context: CallContext,
): Promise<OrderPerson> {
  return caller.read('getOrderInfoByOrderId', request, context, (rsp) => {
    const name = textOf(rsp, 'name')
    const idCard = textOf(rsp, 'idCard', 'idNumber')
    if (name === undefined || idCard === undefined) return undefined
    const cardType = idTypeOf(textOf(rsp, 'cardType', 'idType'), idCard)
    return cardType === undefined ? undefined : { name, idCard, cardType }
  })
}
