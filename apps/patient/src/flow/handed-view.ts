import type { FlowView } from '../api/types.ts'
import type { VerificationView } from '../api/verification-types.ts'

/**
 * A page that got a state as the answer to its request hands it to the next page, which need not ask again.
 * Used once: a page that is opened later asks the gateway.
 */
export function handOver<V extends { readonly id: string }>() {
  let handed: V | undefined
  return {
    hand(view: V): void {
      handed = view
    },
    take(id: string): V | undefined {
      const view = handed?.id === id ? handed : undefined
      handed = undefined
      return view
    },
  }
}

const flows = handOver<FlowView>()
export const handView = flows.hand
export const takeHandedView = flows.take

const verifications = handOver<VerificationView>()
export const handVerification = verifications.hand
export const takeHandedVerification = verifications.take
