import type { VisitOrder } from '../../api/visit-types.ts'

/** What the page does with an order. `working`: the gateway and the hospital are at it; nothing to do but to wait. */
export type Phase = 'to-pay' | 'working' | 'done' | 'over'

export function phaseOf({ state, expiresAt, refund }: VisitOrder): Phase {
  switch (state) {
    case 'to-pay':
      // Without a time the slot is still being asked for: there is nothing to pay yet.
      return expiresAt === null ? 'working' : 'to-pay'
    case 'confirming':
      return 'working'
    case 'refunding':
    case 'cancelling':
      // A person at the hospital takes days: nobody waits for that in front of a page.
      return refund?.state === 'needs-person' ? 'over' : 'working'
    case 'done':
      return 'done'
    case 'closed':
    case 'refunded':
    case 'cancelled':
      return 'over'
  }
}

/** Not at its end: shown on top of the records. */
export function isOpen(order: VisitOrder): boolean {
  const phase = phaseOf(order)
  return phase === 'to-pay' || phase === 'working' || order.refund?.state === 'needs-person'
}

export const isFee = ({ kind }: Pick<VisitOrder, 'kind'>): boolean => kind === 'outpatient-fee'
