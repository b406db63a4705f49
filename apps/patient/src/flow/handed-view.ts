import type { FlowView } from '../api/types.ts'

// A page that got the flow's state as the answer to its request hands it to the next page, which need not
// ask again. Used once: a page that is opened later asks the gateway.
let handed: FlowView | undefined

export function handView(view: FlowView): void {
  handed = view
}

export function takeHandedView(flow: string): FlowView | undefined {
  const view = handed?.id === flow ? handed : undefined
  handed = undefined
  return view
}
