import type { Step } from '../advance.ts'
import type { PayPlatform } from '../platform.ts'
import type { Order } from './order.ts'

/** An order that nobody paid closes at its time_expire. */
export function nextOrderStep(_platform: PayPlatform, order: Order): Step | undefined {
  if (order.state !== 'NOTPAY') return undefined
  return {
    atMs: order.expiresMs,
    run: () => {
      order.state = 'CLOSED'
    },
  }
}
