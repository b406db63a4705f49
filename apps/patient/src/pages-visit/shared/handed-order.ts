import type { VisitOrder } from '../../api/visit-types.ts'

let handed: VisitOrder | undefined

/**
 * A page that has just made an order hands it to the order's page, which begins the payment without another tap. Used
 * once: a page that is opened again, or reloaded, asks the gateway and waits for a tap.
 */
export function handOrder(order: VisitOrder): void {
  handed = order
}

export function takeHandedOrder(id: string): VisitOrder | undefined {
  const order = handed?.id === id ? handed : undefined
  handed = undefined
  return order
}
